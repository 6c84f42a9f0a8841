// SPDX-License-Identifier: GPL-2.0-only
/* Nine flags that race with one another would take nine bytes apart, more than a word: auto makes them its bits. */
// fix: --strategy=auto
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/slab.h>

void assign_bit(long nr, volatile unsigned long *addr, bool value);
bool test_bit(long nr, const volatile unsigned long *addr);

struct foo {
	struct mutex lock;
	u8 kind;
	u64 id;
	bool a:1;
	bool b:1;
	bool c:1;
	bool d:1;
	bool e:1;
	bool f:1;
	bool g:1;
	bool h:1;
	bool i:1;
	struct foo *next;
};

int foo_state(const struct foo *p)
{
	int n = 0;

	n += p->a;
	n += p->b;
	n += p->c;
	n += p->d;
	n += p->e;
	n += p->f;
	n += p->g;
	n += p->h;
	n += p->i;
	return n;
}

static int foo_open(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(sizeof(struct foo), GFP_KERNEL);
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *p = file->private_data;

	p->a = arg > 3;
	p->b = arg > 3;
	p->c = arg > 3;
	p->d = arg > 3;
	p->e = arg > 3;
	p->f = arg > 3;
	p->g = arg > 3;
	p->h = arg > 3;
	p->i = arg > 3;
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *p = file->private_data;

	p->a = len > 3;
	p->b = len > 3;
	p->c = len > 3;
	p->d = len > 3;
	p->e = len > 3;
	p->f = len > 3;
	p->g = len > 3;
	p->h = len > 3;
	p->i = len > 3;
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
