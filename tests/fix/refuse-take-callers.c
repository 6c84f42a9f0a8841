// SPDX-License-Identifier: GPL-2.0-only
/* A caller of the store holds such a lock, of another object: taking it there may deadlock. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	struct foo *next;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_set(struct foo *p, unsigned long arg)
{
	p->a = arg;
}

static void foo_first(struct foo *p, unsigned long arg)
{
	struct foo *next = p->next;

	spin_lock(&next->lock);
	foo_set(p, arg);
	spin_unlock(&next->lock);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
