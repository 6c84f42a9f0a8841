// SPDX-License-Identifier: GPL-2.0-only
/* A comment behind several names of a line stays with those that stay; one in front of a name is its own. */
#include "race.h"

struct foo {
	u8	ready:1, a:1, /* of ready, and a */
		/* in front, of b */ b:1, done:1 /* inside; done */, /* behind, done */
		c:1 /* inside, of c */, more:1; /* of c, and more */
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 0; p->more = 1, p->a = 1; p->c = 1, p->b = 0);
