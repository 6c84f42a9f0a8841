// SPDX-License-Identifier: GPL-2.0-only
/* Two structs are used in one file: the first patch changes the lines by which the second one finds its uses. */
// fix: --strategy=bitops --allow-growth
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>

void set_bit(long nr, volatile unsigned long *addr);

struct bar {
	bool c:1;
	bool d:1;
};

struct foo {
	bool a:1;
	bool b:1;
	struct bar *bar;
};

static int foo_open(struct inode *inode, struct file *file)
{
	struct foo *p = kzalloc(sizeof(struct foo), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->bar = kzalloc(sizeof(struct bar), GFP_KERNEL);
	file->private_data = p;
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *p = file->private_data;

	p->a = true;
	p->bar->c = true;
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *p = file->private_data;

	p->b = true;
	p->bar->d = true;
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
