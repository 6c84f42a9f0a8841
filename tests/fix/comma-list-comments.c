// SPDX-License-Identifier: GPL-2.0-only
/* A comment on the lines above a name of a list goes with the name; one behind a name does, too. */
#include "race.h"

struct foo {
	u16	ready:1, /* not, as b; of set-up */
		/* waits, for the handler; see "it doesn't */
		a:1, /* tail, of a */

		/*
		 * Done: the last of
		 * set-up, that is; and so on
		 */
		done:1,	// as it's said, above;
		// of b, and
		// of b; too
		b:1,
		more:1; /* behind; the last, one */
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 0; p->more = 1, p->a = 1, p->b = 0);
