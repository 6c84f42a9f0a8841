/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/fs.h>

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
};

/* file_operations.open finds &miscdevice in file->private_data */
int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#endif
