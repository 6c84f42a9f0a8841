// SPDX-License-Identifier: GPL-2.0-only
/* Not all callers of the function are known: one may hold the lock. */
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

struct bar;
void bar_register(struct bar *bar, void (*fn)(struct foo *p), struct foo *p);

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg;
}

static void foo_done(struct foo *p)
{
	foo_first(p, 1);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg); bar_register(NULL, foo_done, p), foo_second(p, len));
