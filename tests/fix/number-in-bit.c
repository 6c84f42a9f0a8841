// SPDX-License-Identifier: GPL-2.0-only
/* A number that does not fit the bits keeps being cut off: the field keeps its width. */
#include "race.h"

struct foo {
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = arg, p->b = 1);
