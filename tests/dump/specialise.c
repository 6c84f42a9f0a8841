// SPDX-License-Identifier: GPL-2.0-only
/* A copy for each constant that any callee of a call branches on, and one for a member that the caller has tested. */
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

struct foo_ops {
	void (*set)(struct foo *foo, bool lock);
};

static void foo_set_later(struct foo *foo, bool lock)
{
	if (!lock)
		foo->b = true;
}

const struct foo_ops foo_now = { .set = foo_set };
const struct foo_ops foo_later = { .set = foo_set_later };

void foo_any(struct foo *foo, const struct foo_ops *ops)
{
	ops->set(foo, true);
}
