/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * race.h - two system calls that may run at once, and one that sets the object up, for a record
 * and the statements that each of them runs on its object `p`.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#define RACE(record, setup, first, second)                                             \
	static int race_open(struct inode *inode, struct file *file)                   \
	{                                                                              \
		struct record *p = kzalloc(sizeof(*p), GFP_KERNEL);                    \
		if (!p)                                                                \
			return -ENOMEM;                                                \
		setup;                                                                 \
		file->private_data = p;                                                \
		return 0;                                                              \
	}                                                                              \
	static long race_ioctl(struct file *file, unsigned int cmd, unsigned long arg) \
	{                                                                              \
		struct record *p = file->private_data;                                 \
		first;                                                                 \
		return 0;                                                              \
	}                                                                              \
	static ssize_t race_write(struct file *file, const char __user *buf,           \
				  size_t len, loff_t *pos)                             \
	{                                                                              \
		struct record *p = file->private_data;                                 \
		second;                                                                \
		return len;                                                            \
	}                                                                              \
	const struct file_operations race_fops = {                                     \
		.open = race_open,                                                     \
		.unlocked_ioctl = race_ioctl,                                          \
		.write = race_write,                                                   \
	}
