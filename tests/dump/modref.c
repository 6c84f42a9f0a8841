// SPDX-License-Identifier: GPL-2.0-only
/* A function changes the members that its callees change; only members that a branch tests count. */
struct foo {
	int state, other;
	int a:1;
};

static void foo_stop(struct foo *foo)
{
	foo->state = 0;
}

static void foo_touch(struct foo *foo)
{
	foo->other = 1;
	foo->a = 1;
}

void foo_run(struct foo *foo)
{
	if (foo->state)
		foo_stop(foo);
	if (foo->other)
		foo_touch(foo);
}
