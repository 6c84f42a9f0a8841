// SPDX-License-Identifier: GPL-2.0-only
/* The first and the last name of a list move with their comments; the comment of the type stays. */
#include "race.h"

struct foo {
	/* what it all is, in short */
	u16	/* the flags, all of them; */
		/* the first, isn't it? */
		a:1, /* tail of a */
		/* of ready, alone */
		ready:1,
		done:1, /* tail
			 * of done, in two lines */
		/* the last; "b" */
		b:1; /* behind, b */
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
