/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BIT_SPINLOCK_H
#define _LINUX_BIT_SPINLOCK_H

#include <linux/types.h>

void bit_spin_lock(int bitnum, unsigned long *addr);
int bit_spin_trylock(int bitnum, unsigned long *addr);
void bit_spin_unlock(int bitnum, unsigned long *addr);

#endif
