/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_path.h - which lock an access path names. */
#ifndef RACYBITS_LOCK_PATH_H
#define RACYBITS_LOCK_PATH_H

#include "link.h"

/* The name of a lock of which nothing is known, in reports. */
#define LOCK_UNIDENTIFIED "unidentified lock"

/* The lock that is the object `path`; its name is "record.member", or that of the global. */
struct lock lock_of_path(const struct link *l, uint32_t mode, const struct path *path);
/* A lock that the model names: one for each `object`, or one in the system if that is NULL. */
struct lock named_lock(uint32_t mode, str name, const struct path *object);
/*
 * The lock that an argument of a lock function points to, resolved.  If it is the result of a
 * function that was not analysed it is like a pointer member, by the name of the function, of the
 * object that the function is passed.
 */
struct path lock_argument(const struct link *l, uint32_t f, const struct path *arg);
/*
 * May it be any lock of its type, as nothing is known of it, or a function that was not analysed
 * returned it?  Not so of a parameter, which contexts bind to the lock that it is.
 */
bool lock_may_be_any(const struct lock *lock);
/* May two locks be of one type? */
bool lock_may_be_of_type(const struct lock *a, const struct lock *b);

#endif
