/* SPDX-License-Identifier: GPL-2.0-only */
/* stopped.h - threads that were stopped before a store. */
#ifndef RACYBITS_STOPPED_H
#define RACYBITS_STOPPED_H

#include "link.h"

/*
 * Is the entry point of b's chain a thread that a function of a's chain has stopped on all paths to the store
 * of a, by the member in which whoever creates it keeps it, itself or in a callee?  After creations_find().
 */
bool thread_was_stopped(const struct link *l, const struct write *a, const struct write *b);

#endif
