// SPDX-License-Identifier: GPL-2.0-only
/* A signed bit is 0 or -1: those are kept by a signed type. */
#include "race.h"

struct foo {
	int ready:1;
	int a:1;
	int b:2;
	void *data;
};

RACE(foo, p->ready = 0, p->a = 0, p->b = 1);
