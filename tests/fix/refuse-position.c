// SPDX-License-Identifier: GPL-2.0-only
/* An initialiser by position forbids the only hole. */
#include "race.h"

struct foo {
	u8 c0, c1, c2;
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	u32 count;
	u16 last;
};

struct foo foo_default = { 1, 2, 3, 1, 0, 0, 4, 5 };

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
