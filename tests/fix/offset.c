// SPDX-License-Identifier: GPL-2.0-only
/* An asserted offset is kept. */
#include "race.h"

struct foo {
	u32 a:1;
	u32 b:1;
	void *data;
};

_Static_assert(__builtin_offsetof(struct foo, data) == 8, "others rely on it");

RACE(foo, (void)p, p->a = 1, p->b = 0);
