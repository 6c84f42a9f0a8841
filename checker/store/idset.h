/* SPDX-License-Identifier: GPL-2.0-only */
/* idset.h - a set of a table's ids. */
#ifndef RACYBITS_IDSET_H
#define RACYBITS_IDSET_H

#include "db.h"

/* Ids from 0 to n - 1; idset_free() frees it. */
struct idset {
	bool *has; /* by id */
	size_t n;
};

/* An empty set for the ids up to the one that query number `last` gives. */
struct idset idset_make(struct db *db, size_t last);
/* Adds the ids of a list, which are varints.  Dies if the list is damaged. */
void idset_add(struct db *db, struct idset *set, struct bytes list);
void idset_free(struct idset *set);

#endif
