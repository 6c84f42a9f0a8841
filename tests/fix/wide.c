// SPDX-License-Identifier: GPL-2.0-only
/* Wide as a member, the field would be read as unsigned: it keeps its width. */
#include "race.h"

struct foo {
	unsigned int a:20;
	unsigned int b:1;
	void *data;
};

RACE(foo, (void)p, p->a = 1, p->b = 1);
