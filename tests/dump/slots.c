// SPDX-License-Identifier: GPL-2.0-only
/* A slot with a rule of the model, one that is called, and one that is neither. */
#include <linux/fs.h>

struct foo_ops {
	void (*called)(void);
	void (*forgotten)(void);
};

static void foo_called(void)
{
}

static void foo_forgotten(void)
{
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	const struct foo_ops *ops = file->private_data;

	ops->called();
	return len;
}

const struct foo_ops foo_ops = {
	.called = foo_called,
	.forgotten = foo_forgotten,
};

const struct file_operations foo_fops = {
	.write = foo_write,
};
