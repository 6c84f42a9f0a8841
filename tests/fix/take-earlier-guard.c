// SPDX-License-Identifier: GPL-2.0-only
/* One store is made right before a cleanup guard takes the lock of the others: the guard goes before it. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	struct mutex lock;
	int data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg;

	guard(mutex)(&p->lock);
	p->data = 0;
}

static void foo_second(struct foo *p, size_t len)
{
	guard(mutex)(&p->lock);
	p->a = false;
	p->b = len;
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
