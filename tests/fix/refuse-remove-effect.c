// SPDX-License-Identifier: GPL-2.0-only
/* The value that is stored comes from a call: the statement cannot go. */
// fix: --strategy=remove
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
