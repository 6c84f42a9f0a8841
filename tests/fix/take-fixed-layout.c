// SPDX-License-Identifier: GPL-2.0-only
/* The layout must stay, so all stores that lack the lock take it, though a field has two of them. */
// fix: --strategy=auto
#include "race.h"
#include <linux/spinlock.h>

struct foo {
	spinlock_t lock;
	bool ready:1;
	bool a:1;
	bool b:1;
	u8 *data;
} __attribute__((packed));

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
	p->data = NULL;
	if (arg)
		p->a = false;
}

static void foo_second(struct foo *p, size_t len)
{
	spin_lock(&p->lock);
	p->b = len;
	spin_unlock(&p->lock);
}

long foo_state(struct foo *p)
{
	return p->a + p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
