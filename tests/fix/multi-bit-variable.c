// SPDX-License-Identifier: GPL-2.0-only
/* A value stored in a field of several bits may not fit them, so the field is left alone. */
#include "race.h"

struct foo {
	unsigned int ready:1;
	unsigned int mode:3;
	unsigned int a:1;
	void *data;
};

RACE(foo, p->ready = 1, p->mode = arg, p->a = 1);
