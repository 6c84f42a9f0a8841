// SPDX-License-Identifier: GPL-2.0-only
/* Another spinning lock is held at the store: taking the lock there may invert the order of the two. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	spinlock_t other;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	spin_lock(&p->other);
	p->a = arg;
	spin_unlock(&p->other);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
