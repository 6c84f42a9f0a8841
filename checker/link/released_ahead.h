/* SPDX-License-Identifier: GPL-2.0-only */
/* released_ahead.h - locks that are held because they are released further on. */
#ifndef RACYBITS_RELEASED_AHEAD_H
#define RACYBITS_RELEASED_AHEAD_H

#include "lockset_transfer.h"

struct released_ahead {
	lock_set always;    /* the locks that every path from a point on releases exclusively */
	lock_set sometimes; /* those that some path releases, in any mode */
	lock_set shared;    /* locks that no path releases exclusively */
};

/*
 * Fills in w->ahead: at the end of each block the locks that every path from there on releases
 * exclusively before it acquires them, if it ends.  Only a holder releases a lock
 * (Documentation/locking/locktypes.rst, "Owner semantics"): such a lock is held there, and was taken
 * by a caller.  A lock that the function takes itself, other than again, is none of these.  After the
 * data flow of w; its callees have their summaries.
 * And w->later: the same of locks that some path releases, in any mode.  They may be held there: a caller,
 * or an earlier call, has taken them.
 */
void released_ahead_find(struct lock_flow *w);
/* Stores the same before each event `e` of block `b` in before[e], which has nevents + 1 zeros. */
void released_ahead_in_block(const struct lock_flow *w, uint32_t b, struct released_ahead *before);
/* Adds to p->sometimes those of ahead->sometimes that none of the `n` states has taken, or released. */
void released_later_add(const struct released_ahead *ahead, const struct lock_state *s, uint32_t n,
			struct point_state *p);
/* Those that every path releases, at the entry of the function. */
lock_set released_ahead_at_entry(const struct lock_flow *w);
/* Does the block end in a call that does not return? */
bool ends_without_return(const struct lock_flow *w, const struct block *b);

#endif
