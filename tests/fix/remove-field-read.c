// SPDX-License-Identifier: GPL-2.0-only
/* The twin: the field that is named is read, so it moves, though nothing reads one that it races with. */
// fix: --strategy=auto foo.b
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
	p->d = arg == 2;
	p->data = NULL;
	p->a = arg;
}

long foo_state(struct foo *p)
{
	return p->b + p->d;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len == 1);
