// SPDX-License-Identifier: GPL-2.0-only
/* The twin of take-call-between: the store is made in a section that must not sleep. */
// fix: --strategy=lock
#include "race.h"
#include <linux/rcupdate.h>

struct foo {
	struct mutex lock;
	int data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	rcu_read_lock();
	p->a = arg;
	rcu_read_unlock();
	mutex_lock(&p->lock);
	p->data = 0;
	mutex_unlock(&p->lock);
}

static void foo_second(struct foo *p, size_t len)
{
	mutex_lock(&p->lock);
	p->a = false;
	p->b = len;
	mutex_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
