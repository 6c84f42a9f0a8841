/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock_params.h - which lock a function is handed as a parameter, in each of its contexts.
 *
 * `static void set(struct foo *foo, struct mutex *l)` takes a lock that its own code has no name
 * for.  A call `set(foo, &foo->lock)` binds parameter 1 to the lock "foo.lock", which in the frame
 * of the callee is the path `parameter 0, member lock`.
 */
#ifndef RACYBITS_LOCK_PARAMS_H
#define RACYBITS_LOCK_PARAMS_H

#include "link.h"

/* The pass: finds which parameters lead to locks, here or in callees.  After lockset_summarise(). */
void lock_params_find(struct link *l);
void lock_params_free(struct link *l);

/* Do any parameters of f lead to locks? */
bool lock_params_any(const struct link *l, uint32_t f);
/*
 * The number of the bindings with which `call`, made by f in a context with the bindings `bound`,
 * enters `target`; 0: none.
 */
uint32_t lock_params_bind(struct link *l, uint32_t f, uint32_t bound, const struct call *call,
			  uint32_t target);
/* What parameter `param` is bound to, or NULL. */
const struct lock *lock_params_bound(const struct link *l, uint32_t bound, uint32_t param);
/* Replaces a parameter of f that the path begins with by what it is bound to. */
void lock_params_path(const struct link *l, uint32_t f, uint32_t bound, struct path *p);
/*
 * The same for a lock, which gets the name of what it is.  A lock that nothing names becomes
 * ROOT_FORMER.
 */
void lock_params_lock(const struct link *l, uint32_t f, uint32_t bound, struct lock *lock);
/* The same for a set, interned as all sets are. */
const struct lockset *lock_params_set(struct link *l, uint32_t f, uint32_t bound,
				      const struct lockset *s);

#endif
