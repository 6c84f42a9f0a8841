// SPDX-License-Identifier: GPL-2.0-only
/* A union beside the bits does not overlay them. */
#include "race.h"

struct foo {
	union {
		u32 word;
		u8 bytes[4];
	};
	u32 ready:1;
	u32 a:1;
	u32 b:1;
	void *data;
};

RACE(foo, p->word = 0, p->a = 1, p->b = 0);
