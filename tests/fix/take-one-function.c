// SPDX-License-Identifier: GPL-2.0-only
/* Two stores to one field lack the lock, both of one function: it is taken for both. */
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

	mutex_lock(&p->lock);
	p->data = 0;
	mutex_unlock(&p->lock);
	p->a = arg > 1;
}

static void foo_second(struct foo *p, size_t len)
{
	mutex_lock(&p->lock);
	p->a = false;
	p->b = len;
	mutex_unlock(&p->lock);
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
