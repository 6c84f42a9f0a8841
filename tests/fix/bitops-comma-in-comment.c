// SPDX-License-Identifier: GPL-2.0-only
/* A comma in a comment declares no second field; the comment goes with the number of the bit. */
// fix: --strategy=bitops
#include "race.h"

void assign_bit(long nr, volatile unsigned long *addr, bool value);
bool test_bit(long nr, const volatile unsigned long *addr);

struct foo {
	bool a /* first, of two; */ :1;
	bool b:1; /* second, of two */
	void *data;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->data = NULL;
	p->a = arg == 1;
}

static void foo_second(struct foo *p, size_t len)
{
	p->b = len > 1;
}

long foo_state(struct foo *p)
{
	return p->b;
}

RACE(foo, (void)p, foo_first(p, arg), foo_second(p, len));
