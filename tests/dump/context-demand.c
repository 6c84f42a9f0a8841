// SPDX-License-Identifier: GPL-2.0-only
/* A function asks for the phases of the objects that it, or what it calls, writes. */
#include <linux/slab.h>

struct foo {
	int a:1, b:1;
};

static struct foo global;

static void foo_set(struct foo *unused, struct foo *foo)
{
	foo->a = 1;
}

void foo_pass(struct foo *foo, struct foo *other)
{
	foo_set(other, foo);
}

void foo_global(void)
{
	global.b = 1;
}

void foo_new(void)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	foo_set(NULL, foo);
}

int foo_get(struct foo *foo)
{
	return foo->a;
}
