// SPDX-License-Identifier: GPL-2.0-only
/* files_read.c - which files were read when translation units were parsed. */
#include "base/buf.h"
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

/* --- of a content */

/* Counts by version of a file, which the caller frees: the tus that read it. */
static size_t *count_readers(struct store *s, size_t *n)
{
	struct sqlite3_stmt *st;
	size_t *count;
	uint64_t id;

	*n = (size_t)db_one(&s->db, db_query(&s->db, FILE_LAST), 0) + 1;
	if (*n > ID_MAX)
		db_damaged(&s->db, "an id is out of range");
	count = xcalloc(*n, sizeof(*count));
	st = db_query(&s->db, TU_FILES);
	db_bind_int(st, 1, s->tree);
	while (db_row(&s->db, st)) {
		struct bytes list = db_bytes(st, 0);
		const unsigned char *at = list.p, *end = at + list.n;

		while (at < end) {
			if (!varint_read(&at, end, &id) || id >= *n)
				db_damaged(&s->db, "a list of files");
			count[id]++;
		}
	}
	return count;
}

static void readers_of(struct store *s, struct content_of *c, const size_t *count, size_t n)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_VERSIONS);
	size_t bytes;
	char *data = read_file(c->actual, &bytes);
	uint64_t hash = data ? hash_bytes(HASH_SEED, data, bytes) : 0;

	db_bind_text(st, 1, c->path);
	while (db_row(&s->db, st)) {
		size_t id = (size_t)db_int(st, 0);

		if (data && id < n && (uint64_t)db_int(st, 2) == hash &&
		    db_int(st, 1) == (int64_t)bytes)
			c->readers += count[id];
	}
	free(data);
}

void store_count_readers(struct store *s, struct content_of *v, size_t n)
{
	size_t nids, i;
	size_t *count = count_readers(s, &nids);

	for (i = 0; i < n; i++) {
		v[i].readers = 0;
		readers_of(s, &v[i], count, nids);
	}
	free(count);
}
