// SPDX-License-Identifier: GPL-2.0-only
/* What is stored may be cut off: the field keeps its width, alone in its storage unit. */
#include "race.h"

struct foo {
	unsigned int ready:1;
	unsigned int mode:3;
	unsigned int a:1;
	void *data;
};

RACE(foo, p->ready = 1, p->mode = arg, p->a = 1);
