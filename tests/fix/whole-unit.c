// SPDX-License-Identifier: GPL-2.0-only
/* Every field of the unit is moved: each stays in its place. */
#include "race.h"

struct foo {
	u32 id;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, (void)p, p->a = arg, p->b = len);
