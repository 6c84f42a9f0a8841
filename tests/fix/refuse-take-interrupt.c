// SPDX-License-Identifier: GPL-2.0-only
/* An interrupt stores, and tasks take the lock with interrupts on: it would wait for the task it interrupts. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>
#include <linux/interrupt.h>

struct foo {
	spinlock_t lock;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static irqreturn_t foo_irq(int irq, void *data)
{
	struct foo *p = data;

	p->a = true;
	return IRQ_HANDLED;
}

static int foo_start(struct foo *p, unsigned long arg)
{
	return request_irq(arg, foo_irq, 0, "foo", p);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_start(p, arg), foo_second(p, len));
