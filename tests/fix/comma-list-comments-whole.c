// SPDX-License-Identifier: GPL-2.0-only
/* Nothing is left of the list but its comments. */
#include "race.h"

struct foo {
	/* what, it all is; here */

	/* of the list, alone */
	unsigned int	/* the two, flags */
			a:1, // tail; of a
			b /* inside, b */ : 1; /* behind b */

	void *data;
};

RACE(foo, (void)p, p->a = 1, p->b = !len);
