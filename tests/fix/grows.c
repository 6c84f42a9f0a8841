// SPDX-License-Identifier: GPL-2.0-only
/* No hole is left: the record may grow, and the message says so. */
// fix: --allow-growth
#include "race.h"

struct foo {
	u8 c0, c1, c2;
	bool ready:1;
	bool a:1;
	bool b:1;
	int count;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
