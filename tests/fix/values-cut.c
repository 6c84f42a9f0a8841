// SPDX-License-Identifier: GPL-2.0-only
/* Values that may not fit: each field keeps its width, alone in its storage unit. */
// fix: --allow-growth
#include "race.h"

enum speed { SLOW, FAST };

struct foo {
	unsigned int ready:1;
	unsigned int number:3;
	unsigned int counted:3;
	unsigned int summed:3;
	unsigned int result:1;
	unsigned int argument:2;
	unsigned int changed:3;
	unsigned int addressed:3;
	unsigned int speed:1;
	unsigned int called:1;
	signed int minus:2;
	void *data;
	u64 more[2];
};

static int foo_finds(unsigned long n)
{
	return n ? 2 : 0;
}

static void foo_set(struct foo *foo, int level)
{
	foo->argument = level;
}

static void foo_read(unsigned int *value)
{
	*value = 9;
}

static int foo_handler(struct foo *foo, int on)
{
	foo->called = on;
	return 0;
}

static int (*foo_slot)(struct foo *foo, int on) = foo_handler;

static void foo_values(struct foo *p, unsigned long n, enum speed speed)
{
	unsigned int bits = 1, out = 0;

	p->number = n;
	p->counted++;
	p->summed += n & 1;
	p->result = foo_finds(n);
	foo_set(p, 4);
	bits = bits + 1;
	p->changed = bits;
	foo_read(&out);
	p->addressed = out;
	p->speed = speed;
	foo_handler(p, 1);
	foo_slot(p, 2);
	p->minus = n & 3;
}

RACE(foo, p->ready = 1, foo_values(p, arg, arg), (foo_values(p, len, len), foo_set(p, 1)));
