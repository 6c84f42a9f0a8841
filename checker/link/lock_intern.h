/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock_intern.h - one copy of each lock and of each lockset.
 *
 * Among the millions of contexts few locksets differ: those that are equal are at one address, and
 * comparing them is comparing pointers.  All locks are in the frame of the function at hand.
 */
#ifndef RACYBITS_LOCK_INTERN_H
#define RACYBITS_LOCK_INTERN_H

#include "link.h"

/* Makes and frees l->lock_interner; what it has given out is in l->arena. */
void lock_intern_begin(struct link *l);
void lock_intern_check(const struct link *l);
void lock_intern_end(struct link *l);
/*
 * Gives a copy of the link, for another thread, its own way to the locks and sets that all share; and ends it.
 * What the copy makes stands in the arena of the copy.
 */
void lock_intern_share(struct link *copy);
void lock_intern_unshare(struct link *copy);

/* The one copy of a lock. */
const struct lock *lock_intern(struct link *l, const struct lock *lock);
/* The one copy of a set; frees the one under construction and leaves it empty. */
const struct lockset *lockset_intern(struct link *l, struct lockset *s);

/* The number of a set that it gave, from 0, and how many there are. */
uint32_t lockset_number(const struct lockset *s);
size_t lockset_count(const struct link *l);

/* One lock, in whatever mode: of one name, and of one object or both of an unknown one, of
 * which the same is known. */
bool same_lock_here(const struct lock *a, const struct lock *b);

/* Is it known that the lock is not of the object of the parameter?  See ROOT_UNKNOWN. */
bool lock_not_of_param(const struct path *lock, uint32_t param);

/*
 * Adds a lock to a set under construction (all zero: empty).  A set has a lock once: in exclusive
 * mode if it was added in both.
 */
void lockset_add(struct link *l, struct lockset *s, const struct lock *lock);
/* The same for a lock that lock_intern() gave. */
void lockset_put(struct lockset *s, const struct lock *lock);

/* The lock as the set has it, in whatever mode, or NULL. */
const struct lock *lockset_find(const struct lockset *s, const struct lock *lock);
/* Does `b` have all locks of `a`, each in the same or a stronger mode?  lockset_intern() gave both. */
bool lockset_within(const struct lockset *a, const struct lockset *b);

/* The locks of both sets, which lockset_intern() gave. */
const struct lockset *lockset_union(struct link *l, const struct lockset *a,
				    const struct lockset *b);
/* Frees what is kept to find unions again, of which exploration asks for millions. */
void lockset_unions_forget(struct link *l);

#endif
