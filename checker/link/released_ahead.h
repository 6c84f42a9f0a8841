/* SPDX-License-Identifier: GPL-2.0-only */
/* released_ahead.h - locks that are held because they are released further on. */
#ifndef RACYBITS_RELEASED_AHEAD_H
#define RACYBITS_RELEASED_AHEAD_H

#include "lockset_transfer.h"

/*
 * Fills in w->ahead: at the end of each block the locks that every path from there on releases
 * exclusively before it acquires them, if it ends.  Only a holder releases a lock
 * (Documentation/locking/locktypes.rst, "Owner semantics"): such a lock is held there, and was taken
 * by a caller.  A lock that the function takes itself, other than again, is none of these.  After the
 * data flow of w; its callees have their summaries.
 */
void released_ahead_find(struct lock_flow *w);
/* Stores the same before each event `e` of block `b` in before[e], which has nevents + 1 zeros. */
void released_ahead_in_block(const struct lock_flow *w, uint32_t b, lock_set *before);
/* The same at the entry of the function. */
lock_set released_ahead_at_entry(const struct lock_flow *w);
/* Does the block end in a call that does not return? */
bool ends_without_return(const struct lock_flow *w, const struct block *b);

#endif
