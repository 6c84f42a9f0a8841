/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SEMAPHORE_H
#define _LINUX_SEMAPHORE_H

#include <linux/spinlock.h>

struct semaphore {
	raw_spinlock_t lock;
	unsigned int count;
};

void down(struct semaphore *sem);
int __must_check down_interruptible(struct semaphore *sem);
int __must_check down_trylock(struct semaphore *sem);
void up(struct semaphore *sem);

#endif
