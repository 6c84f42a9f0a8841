// SPDX-License-Identifier: GPL-2.0-only
/* A field of 20 bits is read as an int, a type of 32 bits is not (C11 6.3.1.1p2). */
#include "race.h"

struct foo {
	unsigned int a:20;
	unsigned int b:1;
	void *data;
};

RACE(foo, (void)p, p->a = 1, p->b = 1);
