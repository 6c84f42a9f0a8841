// SPDX-License-Identifier: GPL-2.0-only
/* Nothing is left of the list. */
#include "race.h"

struct foo {
	unsigned a:1, b:1;
	void *data;
};

RACE(foo, (void)p, p->a = 1, p->b = !len);
