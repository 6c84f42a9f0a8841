// SPDX-License-Identifier: GPL-2.0-only
/* The unit fills its word: the fields go into a hole further up, by name of the member before it. */
#include "race.h"

struct foo {
	void	*data;
	u8	state;
	void	*more;
	u8	x, y, z;
	bool	ready:1;
	bool	a:1;
	bool	b:1;
	int	count;
	void	*end;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);

long foo_state(struct foo *p)
{
	return p->a + p->b;
}
