// SPDX-License-Identifier: GPL-2.0-only
/* The value that is stored comes from a call, which would be made under the lock. */
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

bool foo_ask(unsigned long arg);

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = foo_ask(arg);
	spin_lock(&p->lock);
	p->data = 0;
	spin_unlock(&p->lock);
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->a = false;
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
