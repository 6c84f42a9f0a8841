// SPDX-License-Identifier: GPL-2.0-only
/* The function takes the lock on another branch: the store takes it by the same calls. */
// fix: --strategy=auto
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	int mode;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	unsigned long flags;

	if (p->mode) {
		p->a = arg;
		return;
	}
	spin_lock_irqsave(&p->lock, flags);
	p->a = false;
	spin_unlock_irqrestore(&p->lock, flags);
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
