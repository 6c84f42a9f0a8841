// SPDX-License-Identifier: GPL-2.0-only
/* idmap.c - a number for each of a table's ids, in pages: ids mostly follow one another. */
#include "idmap.h"

#define PAGE_BITS 10
#define PAGE_IDS (1 << PAGE_BITS)

int64_t *idmap_at(struct idmap *map, uint64_t id)
{
	size_t at = id >> PAGE_BITS, n;

	if (at >= map->npages) {
		n = at * 2 + 16;
		map->page = xrealloc(map->page, n * sizeof(*map->page));
		memset(map->page + map->npages, 0, (n - map->npages) * sizeof(*map->page));
		map->npages = n;
	}
	if (!map->page[at])
		map->page[at] = xcalloc(PAGE_IDS, sizeof(**map->page));
	return &map->page[at][id % PAGE_IDS];
}

int64_t idmap_get(const struct idmap *map, uint64_t id)
{
	size_t at = id >> PAGE_BITS;

	return at < map->npages && map->page[at] ? map->page[at][id % PAGE_IDS] : 0;
}

void idmap_free(struct idmap *map)
{
	for (size_t i = 0; i < map->npages; i++)
		free(map->page[i]);
	free(map->page);
}
