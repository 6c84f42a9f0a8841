/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

void cpus_read_lock(void);
void cpus_read_unlock(void);
void cpus_write_lock(void);
void cpus_write_unlock(void);

#endif
