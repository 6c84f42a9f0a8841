// SPDX-License-Identifier: GPL-2.0-only
/* Bits for every bit of a word, and nothing but numbers beside them. */
#include "race.h"

struct foo {
	u32 a:1;
	u32 b:1;
	u32 mode:6;
	u32 address:24;
	u32 length;
};

RACE(foo, (void)p, p->a = 1, p->b = 0);
