// SPDX-License-Identifier: GPL-2.0-only
/* Bits without a name, first and in the middle of a list, stay where they are. */
#include "race.h"

struct foo {
	u16	: 2, /* none, at all */
		a:1, :3,
		ready:1, b:1;
	void	*data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
