// SPDX-License-Identifier: GPL-2.0-only
/* The twin of take-one-writer: no more stores hold the lock than lack it, so auto splits. */
// fix: --strategy=auto
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg;
}

static void foo_second(struct foo *p, size_t len)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->b = len;
	spin_unlock_irqrestore(&p->lock, flags);
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
