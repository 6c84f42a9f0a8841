/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/types.h>
#include <linux/preempt.h>

typedef struct {
} local_lock_t;

static inline void local_lock_acquire(local_lock_t *l) { }
static inline void local_lock_release(local_lock_t *l) { }

/* The kernel's take the lock of this CPU. */
#define local_lock(lock)                                         \
	do {                                                     \
		preempt_disable();                               \
		local_lock_acquire(lock);                        \
	} while (0)
#define local_unlock(lock)                                       \
	do {                                                     \
		local_lock_release(lock);                        \
		preempt_enable();                                \
	} while (0)

#endif
