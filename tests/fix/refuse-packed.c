// SPDX-License-Identifier: GPL-2.0-only
/* A packed record is laid out on purpose. */
#include "race.h"

struct foo {
	u8 id;
	u8 a:1;
	u8 b:1;
	void *data;
} __attribute__((packed));

RACE(foo, (void)p, p->a = 1, p->b = 0);
