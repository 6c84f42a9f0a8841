// SPDX-License-Identifier: GPL-2.0-only
/* A directive divides the list: moved, a name might lose its condition. */
#include "race.h"

struct foo {
	u16	ready:1,
#ifdef FOO_WIDE
		wide:1,
#endif
		a:1,
#ifndef FOO_WIDE
		b:1,
#endif
		done:1;
	void	*data;
};

RACE(foo, p->ready = 1; p->done = 1, p->a = 1, p->b = 0);
