// SPDX-License-Identifier: GPL-2.0-only
/* No store holds a lock of the object, and no function that stores takes one. */
// fix: --strategy=lock
#include "race.h"

struct foo {
	struct mutex lock;
	bool ready:1;
	bool a:1;
	bool b:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->a = arg;
}

RACE(foo, p->ready = true, foo_first(p, arg), p->b = len);
