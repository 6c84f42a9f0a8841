// SPDX-License-Identifier: GPL-2.0-only
/* A record with numbers of a given byte order and without pointers is read by others. */
#include "race.h"

typedef u32 __le32;

struct foo {
	__le32 id;
	u8 a:1;
	u8 b:1;
};

RACE(foo, p->id = 0, p->a = 1, p->b = 0);
