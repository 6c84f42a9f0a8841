// SPDX-License-Identifier: GPL-2.0-only
/* The race of b and d, which are read, is of low confidence: auto removes a, which is not. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	struct mutex lock;
	void *data;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool d:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	if (!arg)
		*p = (struct foo){ .d = 1 };
	p->data = NULL;
	p->a = arg;
}

long foo_state(struct foo *p)
{
	return p->b + p->d;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len == 1);
