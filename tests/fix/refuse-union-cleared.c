// SPDX-License-Identifier: GPL-2.0-only
/* A union overlays the bits, and a function clears all of them through it. */
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

static void foo_clear(struct foo *p)
{
	p->flags = 0;
}

RACE(foo, p->flags = 0, p->a = 1; foo_clear(p), p->b = 0);
