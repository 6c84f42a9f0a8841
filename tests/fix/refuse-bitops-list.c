// SPDX-License-Identifier: GPL-2.0-only
/* The bits are declared in a list. */
// fix: --strategy=bitops --allow-growth
#include "race.h"

struct foo {
	void *data;
	bool ready:1, a:1, b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = arg;
}

static void foo_second(struct foo *p, size_t len)
{
	p->b = len > 1;
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), foo_second(p, len));
