/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_STOP_MACHINE_H
#define _LINUX_STOP_MACHINE_H

typedef int (*cpu_stop_fn_t)(void *arg);

struct cpumask;

int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);

#endif
