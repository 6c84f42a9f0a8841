/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>
#include <linux/spinlock.h>

struct task_struct {
	spinlock_t alloc_lock;
	unsigned int in_wait:1;
	unsigned int frozen:1;
};

struct task_struct *get_current(void);
#define current get_current()

#endif
