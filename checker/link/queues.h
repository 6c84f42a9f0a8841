/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * queues.h - works that a queue runs in turn.
 *
 * An ordered workqueue runs one of its works at a time, in the order in which they were queued
 * (Documentation/core-api/workqueue.rst), and so does a kthread worker: all works that are put on one
 * exclude each other, as if each held a lock of the queue.
 */
#ifndef RACYBITS_QUEUES_H
#define RACYBITS_QUEUES_H

#include "link.h"

/* Makes and frees l->queues.  After specialise(). */
void queues_find(struct link *l);
void queues_free(struct link *l);
/*
 * Is f the function of works that are put on one queue alone, wherever they are started, which runs them in turn?
 * Then *lock is the pseudo-lock that stands for it, in the frame of f, whose parameter `param` is the work.
 * Only its name is known if the place of the queue is not, seen from the work.
 */
bool queue_lock(const struct link *l, uint32_t f, uint32_t param, struct lock *lock);

#endif
