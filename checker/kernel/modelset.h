/* SPDX-License-Identifier: GPL-2.0-only */
/* modelset.h - sets of the model: arrays without gaps, sorted by the leading members of their elements. */
#ifndef RACYBITS_MODELSET_H
#define RACYBITS_MODELSET_H

#include "base/util.h"

typedef int compare_fn(const void *, const void *);

compare_fn compare_str, compare_lock, compare_arg, compare_field, compare_first, compare_entry,
	compare_phrase, compare_keeper;

/* Returns the set with `item` in it, in place of an equal one if there is one. */
void *set_put(void *set, size_t *n, size_t size, const void *item, compare_fn *compare);
/* The element equal to `key`, or NULL. */
const void *set_find(const void *set, size_t n, size_t size, const void *key, compare_fn *compare);

#define SET_PUT(set, n, item, compare) \
	((set) = set_put((set), &(n), sizeof(*(set)), (item), (compare)))
#define SET_FIND(set, n, key, compare) set_find((set), (n), sizeof(*(set)), (key), (compare))

#endif
