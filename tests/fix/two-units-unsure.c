// SPDX-License-Identifier: GPL-2.0-only
/* The race of the first unit is of low confidence, and that of the second one is not: that alone is mended. */
#include "race.h"

struct foo {
	struct mutex lock;
	u32 count;
	bool a:1;
	bool b:1;
	u32 id;
	bool ready:1;
	bool c:1;
	bool d:1;
	void *data;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	if (!arg)
		*p = (struct foo){ .a = 1 };
	p->c = arg == 2;
}

static void foo_second(struct foo *p, size_t len)
{
	p->b = len == 1;
	p->d = len == 2;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

long foo_rest(struct foo *p)
{
	return p->c + p->d;
}
