/* SPDX-License-Identifier: GPL-2.0-only */
/* idmap.h - a number for each of a table's ids. */
#ifndef RACYBITS_IDMAP_H
#define RACYBITS_IDMAP_H

#include "base/util.h"

#define ID_MAX (1 << 28) /* a larger id is taken for damage */

/* Starts zeroed; pages of ids are allocated as needed, so that one large id takes little memory. */
struct idmap {
	int64_t **page;
	size_t npages;
};

/* The value of an id (0 to ID_MAX), 0 at first, to read or write until idmap_free(). */
int64_t *idmap_at(struct idmap *map, uint64_t id);
/* The value of an id; 0 for one that was never set. */
int64_t idmap_get(const struct idmap *map, uint64_t id);
void idmap_free(struct idmap *map);

#endif
