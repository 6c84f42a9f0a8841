// SPDX-License-Identifier: GPL-2.0-only
/* The field that is named moves alone, in its place; the message shows the best pair with it. */
// fix: foo.b
#include "race.h"

struct foo {
	int count;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
	void *data;
};

RACE(foo, p->ready = true; p->c = true, p->a = arg, p->b = len);
