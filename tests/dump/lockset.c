// SPDX-License-Identifier: GPL-2.0-only
/* Locks at each call and write, and what a wrapper does to the locks of its caller. */
#include <linux/mutex.h>

struct foo {
	struct mutex lock;
	bool a:1, b:1;
};

static bool foo_lock(struct foo *foo)
{
	if (foo->a)
		return false;
	mutex_lock(&foo->lock);
	return true;
}

static void foo_unlock(struct foo *foo)
{
	mutex_unlock(&foo->lock);
}

void foo_set(struct foo *foo)
{
	foo->a = true;
	if (!foo_lock(foo))
		return;
	foo->b = true;
	foo_unlock(foo);
	foo->a = false;
}
