// SPDX-License-Identifier: GPL-2.0-only
/* Bitfields fill a word, but it is used by its fields alone, in a struct with pointers: it is no register. */
// fix: --allow-growth
#include "race.h"

struct flags {
	u32 ready:1;
	u32 a:1;
	u32 b:1;
	u32 reserved:29;
};

struct foo {
	void *data;
	struct flags flags;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->flags.a = arg == 1;
}

static void foo_second(struct foo *p, size_t len)
{
	p->flags.b = len == 1;
}

RACE(foo, p->flags.ready = 1, foo_first(p, arg), foo_second(p, len));
