// SPDX-License-Identifier: GPL-2.0-only
/* A bit of a signed type that is set to 1 reads back as -1: it keeps its width. */
#include "race.h"

struct foo {
	int ready:1;
	int a:1;
	int b:1;
	void *data;
};

RACE(foo, p->ready = 0, p->a = 1, p->b = 0);
