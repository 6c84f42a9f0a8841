// SPDX-License-Identifier: GPL-2.0-only
/* A copy for each constant that the callee branches on, and one for a member that the caller has tested. */
#include <linux/mutex.h>

struct foo {
	struct mutex lock;
	int state;
	bool a:1, b:1;
};

static void foo_set(struct foo *foo, bool lock)
{
	if (lock)
		mutex_lock(&foo->lock);
	foo->a = true;
	if (lock)
		mutex_unlock(&foo->lock);
}

static void foo_run(struct foo *foo)
{
	if (foo->state == 2)
		foo->b = true;
}

void foo_both(struct foo *foo)
{
	foo_set(foo, true);
	foo_set(foo, false);
	if (foo->state == 1)
		foo_run(foo);
}
