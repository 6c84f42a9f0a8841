// SPDX-License-Identifier: GPL-2.0-only
/* No hole is left for each field: those that one lock guards share a unit. */
// fix: --strategy=auto
#include "race.h"

struct foo {
	u32 c0;
	u8 c1;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
	void *data;
	struct mutex lock;
};

RACE(foo, p->ready = true,
     (mutex_lock(&p->lock), p->a = arg, p->b = arg, mutex_unlock(&p->lock)), p->c = len);

long foo_state(struct foo *p)
{
	return p->a + p->b + p->c;
}
