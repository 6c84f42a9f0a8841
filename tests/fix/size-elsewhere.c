// SPDX-License-Identifier: GPL-2.0-only
/* The size of another record is asserted, and that of a member. */
// fix: --allow-growth
#include "race.h"

struct other {
	u8 x:1;
	u8 y:1;
};

struct foo {
	u8 c0, c1, c2;
	bool ready:1;
	bool a:1;
	bool b:1;
	int count;
};

_Static_assert(sizeof(struct other) == 1, "others rely on it");
_Static_assert(sizeof(((struct foo *)0)->count) == 4, "others rely on it");

RACE(foo, p->ready = true, p->a = arg, p->b = len);
