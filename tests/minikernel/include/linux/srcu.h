/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/types.h>

struct srcu_struct {
	unsigned long srcu_idx;
};

int srcu_read_lock(struct srcu_struct *ssp) __acquires(ssp);
void srcu_read_unlock(struct srcu_struct *ssp, int idx) __releases(ssp);

#endif
