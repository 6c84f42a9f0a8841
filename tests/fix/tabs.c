// SPDX-License-Identifier: GPL-2.0-only
/* A type that is shorter than the one before ends in the same column. */
#include "race.h"

struct foo {
	unsigned long		id;
	unsigned int		ready:1;
	unsigned int		a:1;
	unsigned int		b:1;
	void			*data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
