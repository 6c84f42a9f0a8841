// SPDX-License-Identifier: GPL-2.0-only
/* The comments name the lock that is held at every write of a field at runtime. */
#include "race.h"

struct foo {
	struct mutex lock;
	struct mutex other;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
};

RACE(foo, p->ready = true,
     mutex_lock(&p->lock); p->a = arg; p->c = arg; mutex_unlock(&p->lock),
     mutex_lock(&p->other); p->b = len; mutex_unlock(&p->other));
