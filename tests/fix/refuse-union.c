// SPDX-License-Identifier: GPL-2.0-only
/* A union overlays the bits. */
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

RACE(foo, p->flags = 0, p->a = 1, p->b = 0);
