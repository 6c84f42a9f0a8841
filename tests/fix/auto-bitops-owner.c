// SPDX-License-Identifier: GPL-2.0-only
/* A lock guards two of ten flags: auto splits those for which there is room, as fields of one lock can share a unit. */
// fix: --strategy=auto
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/slab.h>

void assign_bit(long nr, volatile unsigned long *addr, bool value);
bool test_bit(long nr, const volatile unsigned long *addr);

bool foo_value(unsigned long value);

struct foo {
	struct mutex lock;
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
	bool j:1;
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
	n += p->j;
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

	mutex_lock(&p->lock);
	p->a = foo_value(arg);
	p->b = foo_value(arg);
	mutex_unlock(&p->lock);
	p->c = foo_value(arg);
	p->d = foo_value(arg);
	p->e = foo_value(arg);
	p->f = foo_value(arg);
	p->g = foo_value(arg);
	p->h = foo_value(arg);
	p->i = foo_value(arg);
	p->j = foo_value(arg);
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *p = file->private_data;

	mutex_lock(&p->lock);
	p->a = foo_value(len);
	p->b = foo_value(len);
	mutex_unlock(&p->lock);
	p->c = foo_value(len);
	p->d = foo_value(len);
	p->e = foo_value(len);
	p->f = foo_value(len);
	p->g = foo_value(len);
	p->h = foo_value(len);
	p->i = foo_value(len);
	p->j = foo_value(len);
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
