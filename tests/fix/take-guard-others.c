// SPDX-License-Identifier: GPL-2.0-only
/* The function does not take the lock, which others take by cleanup guards alone: a guard takes it here, too. */
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
	guard(spinlock_irqsave)(&p->lock);
	p->a = false;
	p->b = len;
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
