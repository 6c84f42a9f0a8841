/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_RTNETLINK_H
#define _LINUX_RTNETLINK_H

#include <linux/cleanup.h>

void rtnl_lock(void);
void rtnl_unlock(void);
int rtnl_trylock(void);

DEFINE_LOCK_GUARD_0(rtnl, rtnl_lock(), rtnl_unlock())

#endif
