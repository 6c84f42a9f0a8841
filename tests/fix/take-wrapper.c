// SPDX-License-Identifier: GPL-2.0-only
/* Functions take and drop the lock for their callers: the store takes it by the same functions. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	struct mutex lock;
	int mode;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_lock(struct foo *p)
{
	mutex_lock(&p->lock);
}

static void foo_unlock(struct foo *p)
{
	lockdep_assert_held(&p->lock);
	mutex_unlock(&p->lock);
}

static void foo_first(struct foo *p, unsigned long arg)
{
	if (p->mode) {
		p->a = arg;
		return;
	}
	foo_lock(p);
	p->a = false;
	foo_unlock(p);
}

static void foo_second(struct foo *p, size_t len)
{
	foo_lock(p);
	p->b = len;
	foo_unlock(p);
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
