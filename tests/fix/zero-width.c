// SPDX-License-Identifier: GPL-2.0-only
/* A zero-width bitfield ends the unit: what is behind it stays. */
#include "race.h"

struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	bool :0;
	bool other:1;
	void *data;
};

RACE(foo, p->ready = 1; p->other = 1, p->a = 1, p->b = 0);
