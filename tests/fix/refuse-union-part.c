// SPDX-License-Identifier: GPL-2.0-only
/* The bits are in a struct of a union, behind what the other member shares. */
#include "race.h"

struct foo {
	union {
		struct {
			u32 head;
			u8 a:1;
			u8 b:1;
		};
		u32 word;
	};
	void *data;
};

RACE(foo, p->word = 0, p->a = 1, p->b = 0);
