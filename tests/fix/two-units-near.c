// SPDX-License-Identifier: GPL-2.0-only
/* The writers of the second unit are nearer to their starts than those of the first one. */
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

static void foo_third(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
}

static void foo_second(struct foo *p, unsigned long arg)
{
	foo_third(p, arg);
}

static void foo_first(struct foo *p, unsigned long arg)
{
	foo_second(p, arg);
}

RACE(foo, p->ready = true; p->done = false, foo_first(p, arg); p->c = arg == 2,
     p->b = len == 1; p->d = len == 2);

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

long foo_rest(struct foo *p)
{
	return p->c + p->d;
}
