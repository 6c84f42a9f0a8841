// SPDX-License-Identifier: GPL-2.0-only
/* The store is made through a pointer to a part of the object: its text does not lead to the lock. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct part {
	bool a:1;
	bool b:1;
};

struct foo {
	spinlock_t lock;
	bool ready;
	struct part part;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	struct part *part = &p->part;

	part->a = arg;
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->part.b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
