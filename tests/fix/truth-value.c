// SPDX-License-Identifier: GPL-2.0-only
/* The value of a comparison or of a negation is 0 or 1 and fits one bit. */
#include "race.h"

struct foo {
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = arg == 3, p->b = !!len);
