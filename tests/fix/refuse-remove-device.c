// SPDX-License-Identifier: GPL-2.0-only
/* Nothing shows that no device reads the struct, which has numbers and records of numbers alone. */
// fix: --strategy=remove
#include "race.h"

struct header {
	u16 id;
};

struct foo {
	struct header header;
	u16 ready:1;
	u16 a:1;
	u16 b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->header.id = 1;
	p->a = 1;
}

static void foo_second(struct foo *p, size_t len)
{
	p->header.id = 2;
	p->b = 1;
}

RACE(foo, p->ready = 1, foo_first(p, arg), foo_second(p, len));
