// SPDX-License-Identifier: GPL-2.0-only
/* The twin of refuse-registers: a pointer is nothing for a device. */
#include "race.h"

struct foo {
	u32 a:1;
	u32 b:1;
	u32 rest:30;
	void *data;
};

RACE(foo, p->rest = 0, p->a = 1, p->b = 0);
