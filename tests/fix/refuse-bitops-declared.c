// SPDX-License-Identifier: GPL-2.0-only
/* A macro defines the struct: there is no declaration in the text that could become the word. */
// fix: --strategy=bitops --allow-growth
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>

void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);

#define DEFINE_FLAGS(name) struct name { u64 id; bool b:1; bool c:1; u64 last; }

DEFINE_FLAGS(foo);

static int foo_open(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(sizeof(struct foo), GFP_KERNEL);
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *p = file->private_data;

	p->b = true;
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *p = file->private_data;

	p->c = false;
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
