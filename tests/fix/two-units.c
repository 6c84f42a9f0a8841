// SPDX-License-Identifier: GPL-2.0-only
/* Both units of a record are split by one patch. */
#include "race.h"

struct foo {
	bool ready:1;
	bool a:1;
	bool b:1;
	u32 id;
	bool done:1;
	bool c:1;
	bool d:1;
	void *data;
};

RACE(foo, p->ready = 1; p->done = 0, p->a = 1; p->c = 1, p->b = 0; p->d = 0);
