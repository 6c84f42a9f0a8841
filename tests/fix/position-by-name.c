// SPDX-License-Identifier: GPL-2.0-only
/* The twin of refuse-position: with designators the hole is free. */
#include "race.h"

struct foo {
	u8 c0, c1, c2;
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	u32 count;
	u16 last;
};

struct foo foo_default = { .c0 = 1, .a = 1, .last = 5 };

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
