/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/types.h>
#include <linux/cleanup.h>
#include <linux/lockdep.h>

struct mutex {
	atomic_t owner;
	struct list_head wait_list;
};

#define DEFINE_MUTEX(name) struct mutex name = { .wait_list = { &name.wait_list, &name.wait_list } }

void __mutex_init(struct mutex *lock, const char *name);
#define mutex_init(mutex)                                        \
	do {                                                     \
		__mutex_init((mutex), #mutex);                   \
	} while (0)

void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
int __must_check mutex_lock_killable(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
bool mutex_is_locked(struct mutex *lock);

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T) == 0)
DEFINE_GUARD_ERR(mutex_intr)

#endif
