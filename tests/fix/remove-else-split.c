// SPDX-License-Identifier: GPL-2.0-only
/* The store cannot be removed: auto splits the fields. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	void *data;
	bool ready:1;
	bool a:1;
	bool b:1;
};

bool foo_ask(unsigned long arg);

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = foo_ask(arg);
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
