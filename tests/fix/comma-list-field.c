// SPDX-License-Identifier: GPL-2.0-only
/* A named field stays where it is: the list is taken apart in front of and behind it. */
// fix: foo.a
#include "race.h"

struct foo {
	u8	done:1,
		a:1,
		ready:1,
		b:1;	/* the last */
	void	*data;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
}

RACE(foo, p->ready = 1; p->done = 0, foo_first(p, arg), p->b = 0);
