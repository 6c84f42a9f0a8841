// SPDX-License-Identifier: GPL-2.0-only
/* Comments inside of a declaration go with it; none of what they say begins a name. */
#include "race.h"

struct foo {
	bool	/* set-up, once: ready; */ ready:1;
	bool	/* a, or: not b; */ a:1;
	bool	done /* it's, done; */ :1;
	bool	b /* not: a, */ : /* width; */ 1; // behind, b;
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
