// SPDX-License-Identifier: GPL-2.0-only
/* A list that shares its lines with other code is changed between its type and its end. */
#include "race.h"

struct foo {
	void	*data;
	struct {
		u8 ready:1, /* one, two */ a:1, done:1, // done; ready
			/* b; */ b:1; u8 more;
		void *end;
	};
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
