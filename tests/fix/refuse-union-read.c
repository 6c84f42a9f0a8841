// SPDX-License-Identifier: GPL-2.0-only
/* A union overlays the bits, and a function reads them through it. */
#include "race.h"

struct foo {
	union {
		struct {
			u8 a:1;
			u8 b:1;
		};
		u8 flags;
	};
	void *data;
};

static int foo_flags(struct foo *foo)
{
	return foo->flags;
}

RACE(foo, (void)foo_flags(p), p->a = 1, p->b = 0);
