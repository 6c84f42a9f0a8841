// SPDX-License-Identifier: GPL-2.0-only
/* A comma in a comment declares no second field. */
// fix: --strategy=remove
#include "race.h"

struct foo {
	void *data;
	bool ready:1;
	bool a /* not, b */ :1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = arg;
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
