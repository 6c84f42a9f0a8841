// SPDX-License-Identifier: GPL-2.0-only
/* The function takes the lock by a cleanup guard on another branch: the store takes it by the same class. */
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
	if (p->mode) {
		p->a = arg;
		return;
	}
	scoped_guard(spinlock_irqsave, &p->lock)
		p->a = false;
}

static void foo_second(struct foo *p, size_t len)
{
	guard(spinlock_irqsave)(&p->lock);
	p->b = len;
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
