// SPDX-License-Identifier: GPL-2.0-only
/* A constructor returns a fresh object, a getter a path, and a setter publishes one parameter into another. */
#include <linux/list.h>
#include <linux/slab.h>

struct foo {
	struct list_head node;
	struct foo *other;
	int a:1, b:1;
};

static LIST_HEAD(foos);

static struct foo *foo_new(void)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	if (!foo)
		return NULL;
	foo->a = 1;
	return foo;
}

static struct foo *foo_other(struct foo *foo)
{
	return foo->other;
}

static void foo_join(struct foo *foo, struct foo *other)
{
	foo->other = other;
}

struct foo *foo_add(struct foo *first)
{
	struct foo *foo = foo_new();

	foo_join(foo_other(first), foo);
	list_add(&foo->node, &foos);
	return foo;
}
