// SPDX-License-Identifier: GPL-2.0-only
/* The twin of flags-of-word: the word is handed on as a whole. */
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

void foo_send(struct flags *flags);

static void foo_first(struct foo *p, unsigned long arg)
{
	p->flags.a = arg == 1;
	foo_send(&p->flags);
}

static void foo_second(struct foo *p, size_t len)
{
	p->flags.b = len == 1;
}

RACE(foo, p->flags.ready = 1, foo_first(p, arg), foo_second(p, len));
