/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * threads.h - share the work of a pass among threads.
 *
 * A thread has a copy of the link: it reads all that earlier passes found out, interns locks, notes limits, and
 * allocates in an arena of its own.  What else it changes must be of a function that is its alone.
 */
#ifndef RACYBITS_THREADS_H
#define RACYBITS_THREADS_H

#include "base/mutex.h"
#include "link.h"

/*
 * Calls work() in each of l->jobs threads, or as many as the system makes, and returns when all have returned.  The
 * caller is one of them.
 * `l` is that of the thread; what it allocates in l->arena lives as long as what is in that of the caller. Members
 * of the copy are lost.
 */
void threads_run(struct link *l, void (*work)(struct link *l, void *ctx), void *ctx);

/*
 * Threads that wait until there is something to do.  To wake a thread costs more than most of what there is to do: so
 * they look again for a while before they sleep.
 */
struct nap {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	uint32_t sleepers; /* atomic */
};
#define NAP_INIT { MUTEX_INIT, PTHREAD_COND_INITIALIZER, 0 }

/* Returns when ready() is true, which reads what others change, by atomic operations alone (__ATOMIC_SEQ_CST). */
void nap_until(struct nap *n, bool (*ready)(void *ctx), void *ctx);
/* Wakes all that sleep, after what they wait for was changed. */
void nap_end(struct nap *n);

/*
 * Calls each() once for each function of which `which` has a true element (NULL: all), by l->jobs threads: before
 * those of its callers and callees that stand behind it in l->bottom_up, so that the results are the same with any
 * number.
 */
void threads_bottom_up(struct link *l, const bool *which, void (*each)(struct link *l, uint32_t f));

#endif
