// SPDX-License-Identifier: GPL-2.0-only
/* A field of several bits gets the smallest type that holds them. */
#include "race.h"

struct foo {
	unsigned int ready:1;
	unsigned int mode:3;
	unsigned int level:12;
	void *data;
};

RACE(foo, p->ready = 1, p->mode = 7, p->level = 4095);
