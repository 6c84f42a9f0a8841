/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/bug.h>

#define ARRAY_SIZE(arr) (sizeof(arr) / sizeof((arr)[0]))

#define min(x, y)                                                \
	({                                                       \
		__auto_type __x = (x);                           \
		__auto_type __y = (y);                           \
		__x < __y ? __x : __y;                           \
	})

int printk(const char *fmt, ...);
#define pr_info(...) printk(__VA_ARGS__)

#endif
