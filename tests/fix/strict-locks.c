// SPDX-License-Identifier: GPL-2.0-only
/* Two fields stay, each with a lock of its own that is held with the other: the comment names both. */
// fix: --policy=strict
#include "race.h"

struct foo {
	struct mutex lock;
	struct mutex other;
	void *data;
	bool ready:1;
	bool a:1;
	bool b:1;
	bool c:1;
};

static void foo_first(struct foo *p, unsigned long arg)
{
	p->c = arg;
	mutex_lock(&p->other);
	if (arg > 1) {
		mutex_lock(&p->lock);
		p->a = arg;
		mutex_unlock(&p->lock);
	} else {
		p->b = arg;
	}
	mutex_unlock(&p->other);
}

RACE(foo, p->ready = true, foo_first(p, arg), (void)len);
