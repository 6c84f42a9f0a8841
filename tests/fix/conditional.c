// SPDX-License-Identifier: GPL-2.0-only
/* A field in a preprocessor section stays where it is. */
#include "race.h"

struct foo {
	u32 id;
	bool ready:1;
#ifdef __KERNEL__
	bool a:1;
#endif
	bool b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
