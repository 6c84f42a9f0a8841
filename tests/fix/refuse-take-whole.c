// SPDX-License-Identifier: GPL-2.0-only
/* All of the struct is written, with its lock. */
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
	*p = (struct foo){ .a = 1 };
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
