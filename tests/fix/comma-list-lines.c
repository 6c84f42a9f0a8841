// SPDX-License-Identifier: GPL-2.0-only
/* A list on several lines keeps those of the names that stay. */
#include "race.h"

struct foo {
	u8	ready:1,
		a:1,
		done:1,
		b:1;
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1, p->b = 0);
