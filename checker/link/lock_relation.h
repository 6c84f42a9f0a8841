/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_relation.h - how a lock that is held at a write lies to the object written. */
#ifndef RACYBITS_LOCK_RELATION_H
#define RACYBITS_LOCK_RELATION_H

#include "base/numbers.h"
#include "link.h"

/*
 * The lock as held at a write to `obj`, a resolved path in the same frame.  `paths` numbers the
 * paths that tell two such locks apart; one serves for all writes that are compared.
 */
struct held lock_relation(struct numbers *paths, const struct path *obj, const struct lock *lock);

#endif
