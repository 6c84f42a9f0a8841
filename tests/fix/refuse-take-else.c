// SPDX-License-Identifier: GPL-2.0-only
/* The twin of take-plain: the if has an else, whose style would have to change, too. */
// fix: --strategy=lock
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	if (arg > 1)
		p->a = true;
	else
		arg--;
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->b = len;
	spin_unlock(&p->lock);
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
