/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_intern.h - one copy of each lock and of each lockset. */
#ifndef RACYBITS_LOCK_INTERN_H
#define RACYBITS_LOCK_INTERN_H

#include "link.h"

void lock_intern_begin(struct link *l);
void lock_intern_end(struct link *l);
/* The one copy of a lock. */
const struct lock *lock_intern(struct link *l, const struct lock *lock);
/* The same lock in one frame: same name, and same object or both not known. */
bool same_lock_here(const struct lock *a, const struct lock *b);

/* Adds a lock to a set under construction; of one lock in two modes the exclusive one is kept. */
void lockset_add(struct link *l, struct lockset *s, const struct lock *lock);
/* The same for a lock that lock_intern() gave. */
void lockset_put(struct lockset *s, const struct lock *lock);
/* The one shared set with these locks; frees the one under construction and leaves it empty. */
const struct lockset *lockset_intern(struct link *l, struct lockset *s);
/* The lock as it is held in the set, in whatever mode; NULL if it is not. */
const struct lock *lockset_find(const struct lockset *s, const struct lock *lock);
/* Are all locks of a held in b, in the same or a stronger mode? */
bool lockset_within(const struct lockset *a, const struct lockset *b);

#endif
