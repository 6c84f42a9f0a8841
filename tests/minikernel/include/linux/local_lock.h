/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/types.h>
#include <linux/preempt.h>

typedef struct {
} local_lock_t;

typedef struct {
	u8 acquired;
} local_trylock_t;

static inline void local_lock_acquire(local_lock_t *l) { }
static inline void local_lock_release(local_lock_t *l) { }
static inline void local_trylock_acquire(local_lock_t *l) { }

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

/* As in the kernel, the result is whether a pointer was left; the call says only that the lock was free. */
#define local_trylock(lock)                                      \
	({                                                       \
		local_trylock_t *__tl = (lock);                  \
                                                                 \
		preempt_disable();                               \
		if (__tl->acquired) {                            \
			preempt_enable();                        \
			__tl = NULL;                             \
		} else {                                         \
			__tl->acquired = 1;                      \
			local_trylock_acquire((local_lock_t *)__tl); \
		}                                                \
		!!__tl;                                          \
	})
#define local_tryunlock(lock)                                    \
	do {                                                     \
		local_trylock_t *__tl = (lock);                  \
                                                                 \
		local_lock_release((local_lock_t *)__tl);        \
		__tl->acquired = 0;                              \
		preempt_enable();                                \
	} while (0)

#endif
