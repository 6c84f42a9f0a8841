// SPDX-License-Identifier: GPL-2.0-only
/* The twin: it takes the lock twice, in the same way. */
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

static void foo_first(struct foo *p, unsigned long arg)
{
	unsigned long flags;

	if (arg > 3) {
		p->a = arg;
		return;
	}
	spin_lock_irqsave(&p->lock, flags);
	p->data = 0;
	spin_unlock_irqrestore(&p->lock, flags);
	if (arg) {
		spin_lock_irqsave(&p->lock, flags);
		p->data = 1;
		spin_unlock_irqrestore(&p->lock, flags);
	}
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
