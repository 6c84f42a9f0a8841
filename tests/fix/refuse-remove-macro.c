// SPDX-License-Identifier: GPL-2.0-only
/* A macro stores to the field: its call has no text that could go. */
// fix: --strategy=remove
#include "race.h"

struct foo {
	void *data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

#define foo_set(p, flag) ((p)->flag = true)

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	foo_set(p, a);
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
