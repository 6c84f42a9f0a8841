// SPDX-License-Identifier: GPL-2.0-only
/* An asserted size is kept. */
#include "race.h"

struct foo {
	u32 a:1;
	u32 b:1;
	void *data;
};

_Static_assert(sizeof(struct foo) == 16, "others rely on it");

RACE(foo, (void)p, p->a = 1, p->b = 0);
