// SPDX-License-Identifier: GPL-2.0-only
/* A store asserts that the lock is held, and no function that is seen takes it: how is not known. */
// fix: --strategy=lock
#include "race.h"
#include <linux/lockdep.h>
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
	lockdep_assert_held(&p->lock);
	p->b = len;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
