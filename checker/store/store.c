// SPDX-License-Identifier: GPL-2.0-only
/* store.c - the facts of translation units, kept between runs by content. */
#include "facts/facts.h"
#include "idset.h"
#include "schema.h"
#include "tree_row.h"
#include "tu_row.h"
#include "versions.h"

static const char *const query_text[QUERIES] = {
	[TREE_ADD] = "INSERT OR IGNORE INTO tree (name) VALUES (?1)",
	[TREE_GET] = "SELECT id FROM tree WHERE name = ?1",
	[TU_LIST] = "SELECT file FROM tu WHERE tree = ?1 ORDER BY file",
	[TU_FILES] = "SELECT files FROM tu WHERE tree = ?1",
	[TU_COPY] = ("INSERT OR REPLACE INTO tu (tree, file, key, failed, files, chunks, sum)"
		     " SELECT ?1, file, key, failed, files, chunks, sum FROM tu"
		     " WHERE tree = ?3 AND file = ?2"),
	[FILE_LIST] = "SELECT id, hash, size, mtime_ns, path FROM file",
	[FILE_VERSIONS] = "SELECT id, size, hash FROM file WHERE path = ?1",
	[FILE_ADD] = "INSERT INTO file (hash, size, mtime_ns, path) VALUES (?1, ?2, ?3, ?4)",
	[FILE_TOUCH] = "UPDATE file SET mtime_ns = ?2 WHERE id = ?1",
	[CHUNK_FIND] = "SELECT id FROM chunk WHERE hash = ?1 AND kind = ?2 AND data = ?3",
	[CHUNK_ADD] = "INSERT INTO chunk (hash, kind, data) VALUES (?1, ?2, ?3)",
	[CHUNK_HASHES] = "SELECT id, hash FROM chunk",
	[CHUNK_GET] = "SELECT hash, kind, data FROM chunk WHERE id = ?1",
	[CHUNK_FROM] = "SELECT hash, kind, data, id FROM chunk WHERE id >= ?1 ORDER BY id",
	[TU_GET] = "SELECT sum, key, failed, files, chunks FROM tu WHERE tree = ?1 AND file = ?2",
	[TU_PUT] = ("INSERT INTO tu (tree, file, key, failed, files, chunks, sum)"
		    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (tree, file) DO UPDATE SET"
		    " key = ?3, failed = ?4, files = ?5, chunks = ?6, sum = ?7"),
	[TU_LISTS] = "SELECT files, chunks FROM tu",
	[CHUNK_LAST] = "SELECT max(id) FROM chunk",
	[CHUNK_DROP] = "DELETE FROM chunk WHERE id = ?1",
	[FILE_LAST] = "SELECT max(id) FROM file",
	[FILE_DROP] = "DELETE FROM file WHERE id = ?1",
	[COMMANDS_GET] = "SELECT key, units, sum FROM commands WHERE tree = ?1 AND paths = ?2",
	[COMMANDS_ASKED] = ("SELECT paths FROM commands WHERE tree = ?1"
			    " ORDER BY paths = '' DESC, rowid DESC LIMIT 1"),
	[COMMANDS_TOUCH] = ("UPDATE commands SET rowid = 1 + (SELECT max(rowid) FROM commands)"
			    " WHERE tree = ?1 AND paths = ?2"
			    " AND rowid < (SELECT max(rowid) FROM commands WHERE tree = ?1)"),
	[NOTES_DROP] =
		("DELETE FROM commands WHERE tree = ?1 AND rowid NOT IN"
		 " (SELECT rowid FROM commands WHERE tree = ?1 ORDER BY rowid DESC LIMIT 8)"),
	[COMMANDS_PUT] = ("INSERT OR REPLACE INTO commands (tree, paths, key, units, sum)"
			  " VALUES (?1, ?2, ?3, ?4, ?5)"),
};

#define SHARED_WAIT_S 600 /* a build may have hundreds of processes in the queue */

/* --- opening */

static void store_begin(struct store *s, const char *path, const char *tree)
{
	s->kept = path;
	db_open(&s->db, path, query_text, QUERIES, s->shared ? SHARED_WAIT_S : 0);
	schema_check(&s->db);
	s->tree = tree_row_id(s, tree ? tree : "");
	db_opened(&s->db);
	versions_load(s);
}

struct store *store_open_overlay(const char *path, const char *tree, const struct overlay *overlay)
{
	struct store *s = xcalloc(1, sizeof(*s));

	filestate_init(&s->files, overlay, filestate_now());
	store_begin(s, path, tree);
	return s;
}

struct store *store_open(const char *path, const char *tree)
{
	return store_open_overlay(path, tree, NULL);
}

int64_t store_now(void)
{
	return filestate_now();
}

struct store *store_open_shared(const char *path, const char *tree, int64_t started_ns)
{
	struct store *s = xcalloc(1, sizeof(*s));

	s->shared = true;
	filestate_init(&s->files, NULL, started_ns);
	store_begin(s, path, tree);
	return s;
}

/* --- closing */

/* Deletes the rows whose ids are not in the set. */
static void drop_others(struct store *s, const struct idset *set, enum store_query drop)
{
	for (size_t id = 1; id < set->n; id++) {
		struct sqlite3_stmt *st;

		if (set->has[id])
			continue;
		st = db_query(&s->db, drop);
		db_bind_int(st, 1, (int64_t)id);
		db_row(&s->db, st);
	}
}

static void drop_unused(struct store *s)
{
	struct idset files = idset_make(&s->db, FILE_LAST), chunks = idset_make(&s->db, CHUNK_LAST);
	struct sqlite3_stmt *st = db_query(&s->db, TU_LISTS);

	db_run(&s->db, "BEGIN");
	while (db_row(&s->db, st)) {
		idset_add(&s->db, &files, db_bytes(st, 0));
		idset_add(&s->db, &chunks, db_bytes(st, 1));
	}
	drop_others(s, &files, FILE_DROP);
	drop_others(s, &chunks, CHUNK_DROP);
	db_run(&s->db, "COMMIT");
	idset_free(&files);
	idset_free(&chunks);
}

void store_close(struct store *s)
{
	if (s->kept && s->replaced && !s->shared)
		drop_unused(s);
	db_close(&s->db);
	filestate_free(&s->files);
	idmap_free(&s->versions);
	free(s);
}

/* --- translation units */

static bool files_same(struct store *s, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	bool same = true, touched;
	struct file_version *v;
	uint64_t id;

	while (same && at < end) {
		v = varint_read(&at, end, &id) ? versions_get(s, id) : NULL;
		if (!v)
			db_damaged(&s->db, "a list of files");
		same = filestate_same(&s->files, v, &touched);
		if (same && touched)
			versions_touch(s, v);
	}
	return same;
}

bool store_fresh(struct store *s, const struct tu *tu, uint64_t tool_key)
{
	struct sqlite3_stmt *st = tu_row_get(s, tu);
	uint64_t key;
	bool fresh;

	if (!st)
		return false;
	key = (uint64_t)db_int(st, 1);
	fresh = !db_is_null(st, 1) &&
		(key == tu_row_key(tu, tool_key) || key == tu_row_built_key(tu, tool_key)) &&
		files_same(s, db_bytes(st, 3));
	db_end(st);
	return fresh;
}

bool store_has(struct store *s, const struct tu *tu)
{
	struct sqlite3_stmt *st = tu_row_get(s, tu);

	db_end(st);
	return st;
}

char *store_failed(struct store *s, const struct tu *tu)
{
	struct sqlite3_stmt *st = tu_row_get(s, tu);
	char *reason = st && !db_is_null(st, 2) ? xstrdup(db_text(st, 2)) : NULL;

	db_end(st);
	return reason;
}

void store_tus_below(struct store *s, const char *dir, struct tu_list *out)
{
	struct sqlite3_stmt *st = db_query(&s->db, TU_LIST);
	size_t cap = out->n, n = strlen(dir);
	const char *file;

	db_bind_int(st, 1, s->tree);
	while (db_row(&s->db, st)) {
		file = db_text(st, 0);
		if (!file || strncmp(file, dir, n) || (file[n] && file[n] != '/'))
			continue;
		*vec_add(out->tus, out->n, cap) = (struct tu){
			.file = xstrdup(file),
			.dir = xstrdup(dir),
			.argv = xcalloc(1, sizeof(char *)),
		};
	}
}
