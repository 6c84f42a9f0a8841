// SPDX-License-Identifier: GPL-2.0-only
/* An initialiser by position reaches behind the fields: they stay where they are. */
#include "race.h"

struct foo {
	u32 id;
	u32 ready:1;
	u32 a:1;
	u32 late:1;
	u32 b:1;
	void *data;
};

struct foo foo_table[] = { { 7, 1, 0, 0, 1 }, { .id = 8 } };

RACE(foo, (p->ready = 1, p->late = 1), p->a = 1, p->b = 0);
