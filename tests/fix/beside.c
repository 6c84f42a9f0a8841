// SPDX-License-Identifier: GPL-2.0-only
/* There is padding behind the unit: the fields go there. */
#include "race.h"

struct foo {
	int count;
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);

long foo_state(struct foo *p)
{
	return p->a + p->b;
}
