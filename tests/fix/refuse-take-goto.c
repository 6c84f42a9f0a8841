// SPDX-License-Identifier: GPL-2.0-only
/* The twin of take-guard: the function has a goto, and a guard does not go with one. */
// fix: --strategy=lock
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
	if (!arg)
		goto out;
	p->a = arg < 3;
out:
	return;
}

static void foo_second(struct foo *p, size_t len)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->a = false;
	p->b = len;
	spin_unlock_irqrestore(&p->lock, flags);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
