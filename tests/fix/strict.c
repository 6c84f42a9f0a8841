// SPDX-License-Identifier: GPL-2.0-only
/* Policy strict moves one field of each pair that races: here one is enough. */
// fix: --policy=strict
#include "race.h"

struct foo {
	struct mutex lock;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
};

RACE(foo, p->ready = true,
     mutex_lock(&p->lock); p->a = arg; p->c = arg; mutex_unlock(&p->lock), p->b = len);
