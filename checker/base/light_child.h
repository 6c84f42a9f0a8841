/* SPDX-License-Identifier: GPL-2.0-only */
/* light_child.h - a child process that costs no copy of this one's memory. */
#ifndef RACYBITS_LIGHT_CHILD_H
#define RACYBITS_LIGHT_CHILD_H

#include <sys/types.h>

/*
 * Starts a process that calls run(ctx), which must not return, and waits until that has become another program or
 * called _exit(), as vfork(2) does: what it writes to memory is written here.  Returns its id, or -1 with errno.  A
 * fork of a process that has a database in memory takes long to make, and to drop.  Not from several threads.
 */
pid_t light_child(int (*run)(void *ctx), void *ctx);

#endif
