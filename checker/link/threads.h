/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * threads.h - share the work of a pass among threads.
 *
 * A thread has a copy of the link: it reads all that earlier passes found out, interns locks, notes limits, and
 * allocates in an arena of its own.  What else it changes must be of a function that is its alone.
 */
#ifndef RACYBITS_THREADS_H
#define RACYBITS_THREADS_H

#include "link.h"

/*
 * Calls work() in each of l->jobs threads, or as many as the system makes, and returns when all have returned.  The
 * caller is one of them.
 * `l` is that of the thread; what it allocates in l->arena lives as long as what is in that of the caller. Members
 * of the copy are lost.
 */
void threads_run(struct link *l, void (*work)(struct link *l, void *ctx), void *ctx);

/*
 * Calls each() once for each function of which `which` has a true element (NULL: all), by l->jobs threads: before
 * those of its callers and callees that stand behind it in l->bottom_up, so that the results are the same with any
 * number.
 */
void threads_bottom_up(struct link *l, const bool *which, void (*each)(struct link *l, uint32_t f));

#endif
