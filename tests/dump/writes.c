// SPDX-License-Identifier: GPL-2.0-only
/* One write a field and context, with the locks as they lie to the object written. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/string.h>

struct bar {
	struct mutex lock;
};

struct foo {
	struct mutex lock;
	struct bar *bar;
	bool a:1, b:1;
};

static DEFINE_MUTEX(global_lock);
static struct foo the_foo;

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	mutex_lock(&global_lock);
	mutex_lock(&foo->bar->lock);
	mutex_lock(&foo->lock);
	foo->a = true;
	mutex_unlock(&foo->lock);
	mutex_unlock(&foo->bar->lock);
	mutex_unlock(&global_lock);
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *foo = file->private_data;

	the_foo.b = len;
	memset(foo, 0, sizeof(*foo));
	return len;
}

static int foo_release(struct inode *inode, struct file *file)
{
	struct foo *foo = file->private_data;

	foo->a = foo->b = false;
	return 0;
}

const struct file_operations foo_fops = {
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
	.release = foo_release,
};
