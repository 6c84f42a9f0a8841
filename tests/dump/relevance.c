// SPDX-License-Identifier: GPL-2.0-only
/* Relevant is what writes a bitfield, and what calls that; not what only reads it. */
struct foo {
	int a:1, b:1;
};

static void foo_set(struct foo *foo)
{
	foo->a = 1;
}

void foo_caller(struct foo *foo)
{
	foo_set(foo);
}

int foo_get(struct foo *foo)
{
	return foo->a;
}
