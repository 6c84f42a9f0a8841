// SPDX-License-Identifier: GPL-2.0-only
/* The writers of the first unit are one function, those of the second one are not. */
#include "race.h"

struct foo {
	struct mutex lock;
	u32 count;
	bool ready:1;
	bool a:1;
	bool b:1;
	u32 id;
	bool done:1;
	bool c:1;
	bool d:1;
	void *data;
};

static void foo_both(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
	p->b = arg == 3;
}

RACE(foo, p->ready = true; p->done = false, foo_both(p, arg); p->c = arg == 2, p->d = len == 2);

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

long foo_rest(struct foo *p)
{
	return p->c + p->d;
}
