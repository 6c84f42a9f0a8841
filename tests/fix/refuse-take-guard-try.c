// SPDX-License-Identifier: GPL-2.0-only
/* A guard that may not get the lock does not show how the function would take it for the store. */
// fix: --strategy=lock
#include "race.h"

struct foo {
	struct mutex lock;
	int mode;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	if (p->mode) {
		p->a = arg;
		return;
	}
	scoped_guard(mutex_try, &p->lock)
		p->mode = 1;
}

static void foo_second(struct foo *p, size_t len)
{
	guard(mutex)(&p->lock);
	p->b = len;
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
