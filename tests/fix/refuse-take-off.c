// SPDX-License-Identifier: GPL-2.0-only
/* The function has switched interrupts off, and the call that takes the lock would switch them on. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>
#include <linux/preempt.h>

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
		local_irq_save(flags);
		p->a = arg;
		local_irq_restore(flags);
		return;
	}
	spin_lock_irq(&p->lock);
	p->data = 0;
	spin_unlock_irq(&p->lock);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock_irq(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock_irq(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
