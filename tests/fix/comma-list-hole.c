// SPDX-License-Identifier: GPL-2.0-only
/* Of a list one field goes into a hole further down, and the others get a unit where they are. */
#include "race.h"

struct foo {
	void	*data;
	u8	state[5];
	u8	a:1,
		ready:1,
		b:1,
		c:1;
	void	*count;
	u8	more;
	void	*end;
};

RACE(foo, p->ready = 1, p->a = 1; p->c = 1, p->b = 0; p->c = 0);

int foo_state(struct foo *p)
{
	return p->a + p->b + p->c;
}
