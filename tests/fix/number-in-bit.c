// SPDX-License-Identifier: GPL-2.0-only
/* An integer of any value stored in one bit is cut off: that is kept by leaving it. */
#include "race.h"

struct foo {
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = arg, p->b = 1);
