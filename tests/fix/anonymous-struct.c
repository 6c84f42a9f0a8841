// SPDX-License-Identifier: GPL-2.0-only
/* A unit in an anonymous struct stays in it. */
#include "race.h"

struct foo {
	u32 id;
	struct {
		bool ready:1;
		bool a:1;
		bool b:1;
		u32 count;
	};
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
