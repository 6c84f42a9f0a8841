// SPDX-License-Identifier: GPL-2.0-only
/* An unnamed bitfield isolates nothing (C11 3.14) and stays in the unit. */
#include "race.h"

struct foo {
	bool ready:1;
	u8 :3;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);

long foo_state(struct foo *p)
{
	return p->a + p->b;
}
