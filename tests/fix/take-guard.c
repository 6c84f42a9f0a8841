// SPDX-License-Identifier: GPL-2.0-only
/* The function does not take the lock, which others take with interrupts off: a guard takes it. */
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
	p->a = arg &&
	       arg < 3;
}

static void foo_second(struct foo *p, size_t len)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->a = false;
	p->b = len;
	spin_unlock_irqrestore(&p->lock, flags);
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
