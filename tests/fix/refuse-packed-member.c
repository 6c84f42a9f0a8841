// SPDX-License-Identifier: GPL-2.0-only
/* A packed member lets the struct end where its members alone would not: what a new layout would be is not known. */
#include "race.h"

struct foo {
	u32 id __attribute__((packed));
	bool ready:1;
	bool a:1;
	bool b:1;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
