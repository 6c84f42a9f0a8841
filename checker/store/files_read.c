// SPDX-License-Identifier: GPL-2.0-only
/* files_read.c - which files were read when translation units were parsed. */
#include "files_read.h"
#include "idset.h"
#include "tu_row.h"

static bool is_in(const struct idset *set, int64_t id)
{
	return id >= 0 && (uint64_t)id < set->n && set->has[id];
}

/* Was a version of the file read, and not only found to be missing? */
static bool is_read(struct store *s, const char *path, const struct idset *ids)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_VERSIONS);
	bool found = false;

	db_bind_text(st, 1, path);
	while (!found && db_row(&s->db, st))
		found = db_int(st, 1) != FILE_ABSENT && is_in(ids, db_int(st, 0));
	if (found)
		db_end(st);
	return found;
}

void store_files_read(struct store *s, const struct tu_list *tus, char *const *paths, size_t n,
		      bool *read)
{
	struct idset ids = idset_make(&s->db, FILE_LAST);
	struct sqlite3_stmt *st;
	size_t i;

	for (i = 0; i < tus->n; i++) {
		st = tu_row_get(s, &tus->tus[i]);
		if (!st)
			continue;
		idset_add(&s->db, &ids, db_bytes(st, 3));
		db_end(st);
	}
	for (i = 0; i < n; i++)
		if (!read[i])
			read[i] = is_read(s, paths[i], &ids);
	idset_free(&ids);
}
