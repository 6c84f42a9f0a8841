// SPDX-License-Identifier: GPL-2.0-only
/* There is no room for all fields that are written at runtime: as few move as end the race. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	struct mutex *lock;
	u8 pad[6];
	u8 ready:1;
	u8 a:1;
	u8 b:1;
	u8 c:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
}

static void foo_second(struct foo *p, size_t len)
{
	mutex_lock(p->lock);
	p->b = len == 1;
	p->c = 1;
	mutex_unlock(p->lock);
}

long foo_state(struct foo *p)
{
	return p->a + p->b + p->c;
}

RACE(foo, p->ready = 1, foo_first(p, arg), foo_second(p, len));
