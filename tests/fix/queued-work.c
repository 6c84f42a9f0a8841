// SPDX-License-Identifier: GPL-2.0-only
/* Works of one ordered queue: no lock is held, the comments name the work or say that there are several. */
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct foo {
	struct workqueue_struct *wq;
	struct work_struct reset;
	struct work_struct poll;
	bool one:1;
	bool both:1;
	bool task:1;
};

static void foo_reset(struct work_struct *work)
{
	struct foo *foo = container_of(work, struct foo, reset);

	foo->one = !foo->one;
	foo->both = !foo->both;
}

static void foo_poll(struct work_struct *work)
{
	struct foo *foo = container_of(work, struct foo, poll);

	foo->both = false;
}

static int foo_open(struct inode *inode, struct file *file)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	if (!foo)
		return -1;
	foo->wq = alloc_ordered_workqueue("foo", WQ_MEM_RECLAIM);
	INIT_WORK(&foo->reset, foo_reset);
	INIT_WORK(&foo->poll, foo_poll);
	file->private_data = foo;
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	queue_work(foo->wq, &foo->reset);
	queue_work(foo->wq, &foo->poll);
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *foo = file->private_data;

	foo->task = len & 1;
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
