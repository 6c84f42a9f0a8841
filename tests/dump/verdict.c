// SPDX-License-Identifier: GPL-2.0-only
/* A racy, a serialized, a stable and an unknown unit; guards, a claim, and what each policy splits off. */
#include <linux/fs.h>
#include <linux/mutex.h>

struct foo {
	struct mutex lock;
	/* protected by lock */
	bool a:1;
	bool b:1, c:1;
	int between;
	bool d:1, e:1;
	int again;
	bool f:1, g:1;
};

struct bar {
	bool h:1, i:1;
};

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	mutex_lock(&foo->lock);
	foo->a = cmd;
	foo->d = cmd;
	foo->e = cmd;
	mutex_unlock(&foo->lock);
	foo->b = cmd;
	foo->f = cmd;
	return 0;
}

void bar_set(struct bar *bar)
{
	bar->h = true;
}

void bar_reset(struct bar *bar)
{
	bar->i = false;
}

const struct file_operations foo_fops = {
	.unlocked_ioctl = foo_ioctl,
};
