// SPDX-License-Identifier: GPL-2.0-only
/* One store is made right behind the release of the lock of the others: it is dropped behind the store. */
// fix: --strategy=auto
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

	spin_lock_irqsave(&p->lock, flags);
	p->data = 0;
	spin_unlock_irqrestore(&p->lock, flags);
	p->a = arg; /* always */
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
