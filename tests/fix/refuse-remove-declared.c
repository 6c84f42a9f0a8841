// SPDX-License-Identifier: GPL-2.0-only
/* A macro defines the struct: there is no declaration in the text that could go. */
// fix: --strategy=remove
#include "race.h"

#define DEFINE_FLAGS(name) struct name { void *data; bool ready:1; bool a:1; bool b:1; }

DEFINE_FLAGS(foo);

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = true;
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
