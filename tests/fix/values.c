// SPDX-License-Identifier: GPL-2.0-only
/* Values that fit: each field becomes a member. */
// fix: --allow-growth
#include "race.h"

enum speed { SLOW, FAST };

struct foo {
	unsigned int ready:1;
	unsigned int constant:3;
	unsigned int choice:1;
	unsigned int copied:1;
	unsigned int compared:1;
	unsigned int masked:4;
	unsigned int rest:3;
	unsigned int shifted:4;
	unsigned int truth:1;
	unsigned int result:1;
	unsigned int nested:1;
	unsigned int argument:2;
	unsigned int local:3;
	unsigned int added:3;
	unsigned int ored:3;
	unsigned int cleared:3;
	unsigned int byte:8;
	unsigned int name:1;
	unsigned int block:2;
	signed int minus:2;
	void *data;
	u64 more[2];
};

static int foo_is_odd(unsigned long n)
{
	if (n > 100)
		return 0;
	return n & 1;
}

static int foo_asks(unsigned long n)
{
	int ret = 0;

	if (n)
		ret = foo_is_odd(n);
	return ret;
}

static void foo_set(struct foo *foo, int level)
{
	foo->argument = level;
}

static void foo_values(struct foo *p, unsigned long n, bool on, u8 byte)
{
	unsigned int bits = 0, i;

	p->constant = 5;
	p->choice = n ? 1 : 0;
	p->copied = p->ready;
	p->compared = n > 3;
	p->masked = n & 0xf;
	p->rest = n % 8;
	p->shifted = byte >> 4;
	p->truth = on;
	p->result = foo_is_odd(n);
	p->nested = foo_asks(n);
	foo_set(p, 3);
	foo_set(p, 0);
	for (i = 0; i < n; i++)
		bits |= 4;
	p->local = bits;
	p->added = (n & 3) + 4;
	p->ored |= n & 7;
	p->cleared &= n;
	p->byte = byte;
	p->name = n ? FAST : SLOW;
	p->block = ({ u8 two = byte & 2; two + 1; });
	p->minus = n ? -2 : 1;
}

RACE(foo, p->ready = 1, foo_values(p, arg, arg, arg), (foo_values(p, len, len, len), foo_set(p, 1)));
