// SPDX-License-Identifier: GPL-2.0-only
/* The others switch interrupts on behind the lock: that does not suit every caller. */
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
	p->a = arg;
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock_irq(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock_irq(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
