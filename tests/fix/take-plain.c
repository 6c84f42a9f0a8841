// SPDX-License-Identifier: GPL-2.0-only
/*
 * All take the lock by plain calls, in tasks: so do the stores that lack it.  One of them is all that an if
 * does, one is made of the object around the record, and a mutex that is held comes before the lock.
 */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct part {
	bool a:1;
	bool b:1;
};

struct foo {
	spinlock_t lock;
	struct mutex outer;
	bool ready;
	struct part part;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	mutex_lock(&p->outer);
	if (arg)
		p->part.a = true;
	mutex_unlock(&p->outer);
	for (; arg; arg--)
		p->part.a = p->part.b = false;
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->part.b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
