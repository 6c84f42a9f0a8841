// SPDX-License-Identifier: GPL-2.0-only
/* The twin of padding-around: what embeds it has no padding there. */
// fix: --strategy=auto
#include "race.h"

struct part {
	u8 a:1;
	u8 b:1;
};

struct foo {
	struct mutex lock;
	struct part part;
	u8 ready;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->part.a = arg == 1;
}

static void foo_second(struct foo *p, size_t len)
{
	p->part.b = len == 1;
}

long foo_state(struct foo *p)
{
	return p->part.a + p->part.b;
}

RACE(foo, p->ready = 1, foo_first(p, arg), foo_second(p, len));
