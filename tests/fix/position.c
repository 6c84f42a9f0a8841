// SPDX-License-Identifier: GPL-2.0-only
/* An initialiser by position is no obstacle: the members keep their order. */
#include "race.h"

struct foo {
	u32 id;
	u32 ready:1;
	u32 a:1;
	u32 b:1;
};

struct foo foo_default = { 7, 1, 0, 0 };

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
