// SPDX-License-Identifier: GPL-2.0-only
/* idset.c - a set of a table's ids. */
#include "base/buf.h"
#include "idmap.h"
#include "idset.h"

struct idset idset_make(struct db *db, size_t last)
{
	struct idset set = { .n = (size_t)db_one(db, db_query(db, last), 0) + 1 };

	if (set.n > ID_MAX)
		db_damaged(db, "an id is out of range");
	set.has = xcalloc(set.n, sizeof(*set.has));
	return set;
}

void idset_add(struct db *db, struct idset *set, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id >= set->n)
			db_damaged(db, "a list of ids");
		set->has[id] = true;
	}
}

void idset_free(struct idset *set)
{
	free(set->has);
	set->has = NULL;
}
