// SPDX-License-Identifier: GPL-2.0-only
/* Functions come into a slot by an initialiser and through a parameter, and are called there and as an argument. */
struct foo_ops {
	void (*set)(int value);
};

static void set_one(int value)
{
}

static void set_two(int value)
{
}

const struct foo_ops one = { .set = set_one };

void foo_register(struct foo_ops *ops, void (*set)(int value))
{
	ops->set = set;
}

void foo_init(struct foo_ops *ops)
{
	foo_register(ops, set_two);
}

void foo_call(const struct foo_ops *ops)
{
	ops->set(1);
}

static void call_with(void (*set)(int value))
{
	set(2);
}

void foo_call_one(void)
{
	call_with(set_one);
}
