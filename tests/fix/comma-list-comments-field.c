// SPDX-License-Identifier: GPL-2.0-only
/* A named field stays where it is, with its comments: the list is taken apart in front of and behind it. */
// fix: foo.a
#include "race.h"

struct foo {
	u8	/* all, of these */
		done:1, /* done, is it? */
		/* above; a */
		a:1, /* tail, of a */
		/* above, ready */
		ready:1, /* tail; of ready */
		b:1;	/* the last */
	void	*data;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg == 1;
}

RACE(foo, p->ready = 1; p->done = 0, foo_first(p, arg), p->b = 0);
