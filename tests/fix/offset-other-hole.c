// SPDX-License-Identifier: GPL-2.0-only
/* An asserted offset keeps the fields from the hole in front of it: another hole is taken. */
#include "race.h"

struct foo {
	u8 id;
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	u16 port;
	u32 addr;
	void *data;
	u8 last;
};

_Static_assert(__builtin_offsetof(struct foo, port) == 2, "others rely on it");

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
