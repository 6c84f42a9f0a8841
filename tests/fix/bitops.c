// SPDX-License-Identifier: GPL-2.0-only
/*
 * The other strategy: the fields become bits of one word, at every use: reads, writes of constants
 * and of variables, updates in place, negations and initialisers.
 */
// fix: --strategy=bitops --allow-growth
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>

#define BIT(nr) (1UL << (nr))

void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
void assign_bit(long nr, volatile unsigned long *addr, bool value);
bool test_bit(long nr, const volatile unsigned long *addr);

/**
 * struct foo - what it is
 * @a: changed by ioctl
 */
struct foo {
	u32 id;
	bool ready:1;
	bool a:1;
	bool b:1;
	struct foo *next;
};

struct foo foo_default = {
	.id = 7,
	.a = true,
	.b = false,
};

struct foo foo_short = { .id = 8, .b = 1 };

static int foo_open(struct inode *inode, struct file *file)
{
	struct foo *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->ready = true;
	file->private_data = p;
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *p = file->private_data;

	p->a = true;
	if (!p->a && p->next->b)
		p->a = false;
	p->a |= arg > 3;
	p->a = p->next->a || p->ready;
	return p->a ? p->b : 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *p = file->private_data;

	p[0].b = len > 2;
	p->next->b &= !p->next->a;
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
