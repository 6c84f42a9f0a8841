/* SPDX-License-Identifier: GPL-2.0-only */
/* idmap.h - what belongs to each of a table's ids (store room). */
#ifndef RACYBITS_IDMAP_H
#define RACYBITS_IDMAP_H

#include "base/util.h"

#define ID_MAX (1 << 28) /* more ids than that are a damaged one */

/* Zeroed: empty.  A damaged id takes no more memory than another. */
struct idmap {
	int64_t **page;
	size_t npages;
};

/* Where the value of id (0 to ID_MAX) stands, 0 at first; until idmap_free(). */
int64_t *idmap_at(struct idmap *map, uint64_t id);
/* The same value to read, 0 for an id out of range. */
int64_t idmap_get(const struct idmap *map, uint64_t id);
void idmap_free(struct idmap *map);

#endif
