// SPDX-License-Identifier: GPL-2.0-only
/* The field that is named is in a racy unit, but no write of it conflicts with another field's. */
// fix: foo.ready
#include "race.h"

struct foo {
	int count;
	bool ready:1;
	bool a:1;
	bool b:1;
	void *data;
};

RACE(foo, p->ready = true, p->a = arg, p->b = len);
