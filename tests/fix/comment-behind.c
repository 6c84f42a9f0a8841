// SPDX-License-Identifier: GPL-2.0-only
/* A comment behind a field goes with it. */
#include "race.h"

struct foo {
	bool	ready:1;	/* set up */
	bool	a:1;		/* changed by ioctl */
	bool	done:1;		/* torn down */
	bool	b:1;		/* changed by write */
	void	*data;		/* whatever */
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
