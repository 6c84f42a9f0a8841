// SPDX-License-Identifier: GPL-2.0-only
/* The twin of take-call-between: the function takes another lock, too, which may be held or come first. */
// fix: --strategy=lock
#include "race.h"

struct foo {
	struct mutex lock;
	struct mutex other;
	int data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	mutex_lock(&p->other);
	p->a = arg;
	mutex_unlock(&p->other);
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
