// SPDX-License-Identifier: GPL-2.0-only
/* A use inside of a macro cannot be changed where it stands. */
// fix: --strategy=bitops --allow-growth
#include "race.h"

struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

#define foo_set(p, flag) ((p)->flag = true)

RACE(foo, p->ready = true, foo_set(p, a), foo_set(p, b));
