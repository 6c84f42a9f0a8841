/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_relation.h - how a lock that is held at a write lies to the object written. */
#ifndef RACYBITS_LOCK_RELATION_H
#define RACYBITS_LOCK_RELATION_H

#include "base/mutex.h"
#include "base/numbers.h"
#include "link.h"

/* Numbers of the paths that tell two locks apart, which threads share. */
struct path_numbers {
	pthread_mutex_t lock;
	struct numbers numbers;
};

/* Makes them empty; path_numbers_end() frees them. */
void path_numbers_begin(struct path_numbers *paths);
void path_numbers_end(struct path_numbers *paths);

/*
 * The lock as held at a write in f to `obj`, a resolved path in the frame of f as is the lock's.
 * One `paths` serves for all writes that are compared.
 */
struct held lock_relation(const struct link *l, uint32_t f, struct path_numbers *paths,
			  const struct path *obj, const struct lock *lock);
/*
 * Is the lock, which no way inside of the object leads to, of another instance of the record of the
 * object `obj`, of one that it is embedded in, or of one that a pointer leads from to it?
 */
bool lock_is_of_other(const struct path *obj, const struct path *lock);

#endif
