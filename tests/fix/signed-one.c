// SPDX-License-Identifier: GPL-2.0-only
/* A signed bit reads back as -1 what was stored as 1 (C11 6.3.1.3). */
#include "race.h"

struct foo {
	int ready:1;
	int a:1;
	int b:1;
	void *data;
};

RACE(foo, p->ready = 0, p->a = 1, p->b = 0);
