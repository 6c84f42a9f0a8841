// SPDX-License-Identifier: GPL-2.0-only
/* The field that the work writes conflicts with two that are written under the lock: these two do not conflict. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct foo {
	struct mutex lock;
	struct work_struct work;
	bool a:1, b:1, c:1;
};

static void foo_work(struct work_struct *work)
{
	container_of(work, struct foo, work)->a = true;
}

static int foo_open(struct inode *inode, struct file *file)
{
	struct foo *foo = inode->i_private;

	INIT_WORK(&foo->work, foo_work);
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *foo = file->private_data;

	mutex_lock(&foo->lock);
	foo->b = len;
	foo->c = len;
	mutex_unlock(&foo->lock);
	return len;
}

const struct file_operations foo_fops = {
	.open = foo_open,
	.write = foo_write,
};
