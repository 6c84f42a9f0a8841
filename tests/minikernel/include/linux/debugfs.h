/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEBUGFS_H
#define _LINUX_DEBUGFS_H

#include <linux/fs.h>

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *pos);

/* A file with one number in it. */
#define DEFINE_DEBUGFS_ATTRIBUTE(__fops, __get, __set, __fmt)                    \
	static int __fops##_open(struct inode *inode, struct file *file)         \
	{                                                                        \
		return simple_attr_open(inode, file, __get, __set, __fmt);       \
	}                                                                        \
	const struct file_operations __fops = {                                  \
		.open = __fops##_open,                                           \
		.write = simple_attr_write,                                      \
	}

#endif
