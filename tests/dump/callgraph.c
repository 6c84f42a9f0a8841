// SPDX-License-Identifier: GPL-2.0-only
/* A direct call, a call of a slot with two functions, and one of a function that has no body. */
struct foo_ops {
	void (*set)(void);
};

static void set_one(void)
{
}

static void set_two(void)
{
}

const struct foo_ops one = { .set = set_one }, two = { .set = set_two };

void elsewhere(void);

static void foo_call(const struct foo_ops *ops)
{
	ops->set();
	elsewhere();
}

void foo_start(void)
{
	foo_call(&one);
}
