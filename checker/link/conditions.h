/* SPDX-License-Identifier: GPL-2.0-only */
/* conditions.h - the tests that guard a store, in terms of members and numbers. */
#ifndef RACYBITS_CONDITIONS_H
#define RACYBITS_CONDITIONS_H

#include "lock_relation.h"
#include "lockset.h"

/*
 * Fills w->conditions and w->facts, allocated from l->arena, and w->if_unset, for the write at `pt` of
 * w->function to member `field` (0: the whole record) of `obj`, a resolved path: what members and
 * parameters are tested to be on all paths to it in the function.  `paths` numbers the paths from
 * objects to members; one serves for all writes that are compared.
 */
void conditions_fill(struct link *l, struct path_numbers *paths, const struct path *obj, str field,
		     const struct point *pt, struct write *w);

#endif
