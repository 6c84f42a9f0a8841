// SPDX-License-Identifier: GPL-2.0-only
/* An attribute puts a member elsewhere than its type would: what a new layout would be is not known. */
#include "race.h"

struct foo {
	u8 kind;
	u8 count __attribute__((aligned(4)));
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
