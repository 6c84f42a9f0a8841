// SPDX-License-Identifier: GPL-2.0-only
/* An asserted offset behind the fields cannot be kept. */
// fix: --allow-growth
#include "race.h"

struct foo {
	u8 c0, c1, c2;
	bool ready:1;
	bool a:1;
	bool b:1;
	int count;
};

_Static_assert(__builtin_offsetof(struct foo, count) == 4, "others rely on it");

RACE(foo, p->ready = true, p->a = arg, p->b = len);
