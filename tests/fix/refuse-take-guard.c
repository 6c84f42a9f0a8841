// SPDX-License-Identifier: GPL-2.0-only
/* The same of a section that a cleanup guard of a spinning lock makes. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	struct mutex lock;
	spinlock_t spin;
	int data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	scoped_guard(spinlock, &p->spin)
		p->a = arg;
	mutex_lock(&p->lock);
	p->data = 0;
	mutex_unlock(&p->lock);
}

static void foo_second(struct foo *p, size_t len)
{
	mutex_lock(&p->lock);
	p->a = false;
	p->b = len;
	mutex_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
