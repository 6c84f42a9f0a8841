// SPDX-License-Identifier: GPL-2.0-only
/* Another small member is not carried when it has a comment that may bind it. */
#include "race.h"

struct foo {
	void *data;
	u16 id;
	u8 c0;
	bool a:1;
	bool b:1;
	bool ready:1;
	int count;
	void *next;
	u16 tail;	/* read together with next */
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
