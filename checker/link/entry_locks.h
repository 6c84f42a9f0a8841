/* SPDX-License-Identifier: GPL-2.0-only */
/* entry_locks.h - the locks held at a point of a function, given those held at its entry. */
#ifndef RACYBITS_ENTRY_LOCKS_H
#define RACYBITS_ENTRY_LOCKS_H

#include "lockset.h"

/* How a function is entered. */
struct entered {
	const struct lockset *locks; /* held then, in its frame */
	uint32_t bound;		     /* what its parameters are bound to, see lock_params.h */
};

/*
 * The locks held at `pt`, a point of f, which is entered so: what was acquired since, and what of
 * the locks held at entry was released on no path.
 */
const struct lockset *locks_at(struct link *l, uint32_t f, const struct entered *entry,
			       const struct point *pt);
/*
 * The set `held`, in the frame of f, in the frame of the callee of `call`, which f makes.  A lock
 * that no argument leads to is known there by its name only.
 */
const struct lockset *locks_in_callee(struct link *l, uint32_t f, const struct call *call,
				      const struct lockset *held);
/*
 * The locks, by their names, that are held on some paths to `pt` and not on all, activities that are ended
 * on some paths, and those locks of `entry`
 * that a release before it may have released and not surely: as only one of several callees does it,
 * or of an object that is not known.  NULL: there are none.
 */
const struct lockset *locks_sometimes(struct link *l, uint32_t f, const struct entered *entry,
				      const struct point *pt);
/* Is the lock, one of that set, there because an unknown lock was released, which may be this one? */
bool lock_is_lost(const struct lock *sometimes);
/* ... or because it is taken if the object has such a lock? */
bool lock_is_optional(const struct lock *sometimes);
/* Makes a lock of such a set one that is. */
void lock_make_optional(struct lock *sometimes);
/* Both sets, of which either may be NULL. */
const struct lockset *locks_union(struct link *l, const struct lockset *a, const struct lockset *b);

#endif
