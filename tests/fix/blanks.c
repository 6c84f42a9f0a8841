// SPDX-License-Identifier: GPL-2.0-only
/* A file that aligns with blanks keeps them. */
#include "race.h"

struct foo {
	u32   id;
	bool  ready:1;
	bool  a:1;
	bool  b:1;
	void *data;
};

RACE(foo, p->ready = 1, p->a = 1, p->b = 0);
