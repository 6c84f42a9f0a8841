// SPDX-License-Identifier: GPL-2.0-only
/* A macro makes the store: there is no statement that could be put under the lock. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	int data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

#define foo_set(p) ((p)->a = true)

static void foo_first(struct foo *p, unsigned long arg)
{
	foo_set(p);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
