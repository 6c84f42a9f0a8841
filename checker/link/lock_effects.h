/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_effects.h - which lock a path names, and what a call does to locks. */
#ifndef RACYBITS_LOCK_EFFECTS_H
#define RACYBITS_LOCK_EFFECTS_H

#include "lockset.h"

/* A lock from the path of the lock object, name included. */
struct lock lock_of_path(const struct link *l, uint32_t mode, const struct path *path);
/* A lock the model gives a name: of an object, or (NULL) of the whole system. */
struct lock named_lock(uint32_t mode, str name, const struct path *object);
/* Index of the lock in a function's table, added when new; NONE past LOCKS_MAX. */
uint32_t lock_index(struct link *l, struct function_locks *locks, const struct lock *lock);
/* Fills l->locks[f].effects from the model and the summaries of its callees. */
void lock_effects(struct link *l, uint32_t f);
/* Adds what f's own annotations say a call of it does. */
void annotation_effects(struct link *l, uint32_t f, struct effects *out);
/* Does the call wait, as nothing may that interrupts a task? */
bool call_sleeps(const struct link *l, uint32_t f, uint32_t call);

#endif
