// SPDX-License-Identifier: GPL-2.0-only
/* The lock sleeps and the function does not take it: its callers may be atomic. */
// fix: --strategy=lock
#include "race.h"

struct foo {
	struct mutex lock;
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
	mutex_lock(&p->lock);
	p->a = false;
	p->b = len;
	mutex_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
