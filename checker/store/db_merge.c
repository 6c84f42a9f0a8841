// SPDX-License-Identifier: GPL-2.0-only
/* db_merge.c - merging databases whose facts were gathered by several machines. */
#include <unistd.h>

#include "db.h"
#include "db_merge.h"
#include "base/buf.h"
#include "idmap.h"
#include "schema.h"

#define uthash_fatal(msg) die("out of memory")
#include <uthash.h>

enum merge_query {
	TU_NEXT,
	FILE_GET,
	FILE_ADD,
	CHUNK_GET,
	CHUNK_FIND,
	CHUNK_ADD,
	TREE_ADD,
	TREE_GET,
	TU_ADD,
	QUERIES
};

static const char *const query_text[QUERIES] = {
	[TU_NEXT] = "SELECT tree.name, file, key, failed, files, chunks FROM tu"
		    " JOIN tree ON tree.id = tree ORDER BY tree.name, file",
	[FILE_GET] = "SELECT hash, size, mtime_ns, path FROM file WHERE id = ?1",
	[FILE_ADD] = "INSERT INTO file (hash, size, mtime_ns, path) VALUES (?1, ?2, ?3, ?4)",
	[CHUNK_GET] = "SELECT hash, kind, data FROM chunk WHERE id = ?1",
	[CHUNK_FIND] = "SELECT id FROM chunk WHERE hash = ?1 AND kind = ?2 AND data = ?3",
	[CHUNK_ADD] = "INSERT INTO chunk (hash, kind, data) VALUES (?1, ?2, ?3)",
	[TREE_ADD] = "INSERT OR IGNORE INTO tree (name) VALUES (?1)",
	[TREE_GET] = "SELECT id FROM tree WHERE name = ?1",
	[TU_ADD] = "INSERT INTO tu (tree, file, key, failed, files, chunks, sum)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

struct part {
	struct db db;
	struct sqlite3_stmt *tu;    /* the next one; NULL: no more */
	struct idmap files, chunks; /* by id here: id in the result; 0: not added yet */
};

struct known_file {
	char *key; /* hash and path */
	int64_t id;
	UT_hash_handle hh;
};

struct merge {
	struct db db; /* the result */
	struct part *parts;
	size_t n;
	struct known_file *files;
};

/* --- rows */

static int64_t add_row(struct merge *m, enum merge_query q, struct sqlite3_stmt *from)
{
	struct sqlite3_stmt *st = db_query(&m->db, q);

	db_bind_int(st, 1, db_int(from, 0));
	db_bind_int(st, 2, db_int(from, 1));
	if (q == CHUNK_ADD) {
		db_bind_bytes(st, 3, db_bytes(from, 2));
	} else {
		db_bind_int(st, 3, db_int(from, 2));
		db_bind_text(st, 4, db_text(from, 3));
	}
	db_row(&m->db, st);
	return db_last_id(&m->db);
}

static int64_t file_id(struct merge *m, struct sqlite3_stmt *from)
{
	struct known_file *f;
	char *key = xasprintf("%llx %s", (unsigned long long)db_int(from, 0), db_text(from, 3));

	HASH_FIND_STR(m->files, key, f);
	if (f) {
		free(key);
		return f->id;
	}
	f = xcalloc(1, sizeof(*f));
	f->key = key;
	f->id = add_row(m, FILE_ADD, from);
	HASH_ADD_KEYPTR(hh, m->files, f->key, strlen(f->key), f);
	return f->id;
}

static int64_t chunk_id(struct merge *m, struct part *p, struct sqlite3_stmt *from)
{
	struct sqlite3_stmt *st = db_query(&m->db, CHUNK_FIND);
	struct bytes data = db_bytes(from, 2);
	int64_t id;

	if ((uint64_t)db_int(from, 0) != hash_bytes(HASH_SEED, data.p, data.n))
		db_damaged(&p->db, "a chunk");
	db_bind_int(st, 1, db_int(from, 0));
	db_bind_int(st, 2, db_int(from, 1));
	db_bind_bytes(st, 3, data);
	id = db_one(&m->db, st, 0);
	return id ? id : add_row(m, CHUNK_ADD, from);
}

/* The list with the ids that its rows have in the result. */
static struct buf ids_map(struct merge *m, struct part *p, struct bytes list, enum merge_query get)
{
	const unsigned char *at = list.p, *end = at + list.n;
	struct buf out = { 0 };
	uint64_t id;

	while (at < end) {
		int64_t *to;

		if (!varint_read(&at, end, &id) || id > ID_MAX)
			db_damaged(&p->db, "a list of ids");
		to = idmap_at(get == FILE_GET ? &p->files : &p->chunks, id);
		if (!*to) {
			struct sqlite3_stmt *st = db_query(&p->db, get);

			db_bind_int(st, 1, (int64_t)id);
			if (!db_row(&p->db, st))
				db_damaged(&p->db, "a row is missing");
			*to = get == FILE_GET ? file_id(m, st) : chunk_id(m, p, st);
			db_end(st);
		}
		buf_varint(&out, (uint64_t)*to);
	}
	return out;
}

static int64_t tree_id(struct merge *m, const char *name)
{
	struct sqlite3_stmt *st = db_query(&m->db, TREE_ADD);

	db_bind_text(st, 1, name);
	db_row(&m->db, st);
	st = db_query(&m->db, TREE_GET);
	db_bind_text(st, 1, name);
	return db_one(&m->db, st, 0);
}

static void add_tu(struct merge *m, struct part *p)
{
	struct buf files = ids_map(m, p, db_bytes(p->tu, 4), FILE_GET);
	struct buf chunks = ids_map(m, p, db_bytes(p->tu, 5), CHUNK_GET);
	int64_t tree = tree_id(m, db_text(p->tu, 0));
	struct sqlite3_stmt *st = db_query(&m->db, TU_ADD);

	db_bind_int(st, 1, tree);
	db_bind_text(st, 2, db_text(p->tu, 1));
	if (!db_is_null(p->tu, 2))
		db_bind_int(st, 3, db_int(p->tu, 2));
	if (!db_is_null(p->tu, 3))
		db_bind_text(st, 4, db_text(p->tu, 3));
	db_bind_bytes(st, 5, (struct bytes){ files.data, files.n });
	db_bind_bytes(st, 6, (struct bytes){ chunks.data, chunks.n });
	db_bind_int(st, 7,
		    (int64_t)hash_bytes(hash_bytes(HASH_SEED, files.data, files.n), chunks.data,
					chunks.n));
	db_row(&m->db, st);
	free(files.data);
	free(chunks.data);
}

/* --- the parts, merged in the order of their tus */

static void next_tu(struct part *p)
{
	if (!db_row(&p->db, p->tu))
		p->tu = NULL;
}

static int compare_tus(const struct part *a, const struct part *b)
{
	int order = strcmp(db_text(a->tu, 0), db_text(b->tu, 0));

	return order ? order : strcmp(db_text(a->tu, 1), db_text(b->tu, 1));
}

/* Which of two parts with the same tu to take it from, independent of their order. */
static bool is_better(const struct part *a, const struct part *b)
{
	bool a_failed = !db_is_null(a->tu, 3), b_failed = !db_is_null(b->tu, 3);

	return a_failed != b_failed ? b_failed : strcmp(a->db.path, b->db.path) < 0;
}

/* Adds the next tu; false if there is none. */
static bool merge_tu(struct merge *m)
{
	struct part *best = NULL, *p;
	int order;

	for (p = m->parts; p < m->parts + m->n; p++) {
		order = p->tu && best ? compare_tus(p, best) : 0;
		if (p->tu && (!best || order < 0 || (!order && is_better(p, best))))
			best = p;
	}
	if (!best)
		return false;
	add_tu(m, best);
	for (p = m->parts; p < m->parts + m->n; p++)
		if (p != best && p->tu && !compare_tus(p, best))
			next_tu(p);
	next_tu(best);
	return true;
}

static void part_open(struct part *p, const char *path)
{
	if (access(path, R_OK))
		die("cannot open %s:", path);
	db_open(&p->db, path, query_text, QUERIES, 0);
	schema_check(&p->db);
	db_opened(&p->db);
	p->tu = db_query(&p->db, TU_NEXT);
	next_tu(p);
}

static void merge_free(struct merge *m)
{
	struct known_file *f, *next;

	for (size_t i = 0; i < m->n; i++) {
		db_close(&m->parts[i].db);
		idmap_free(&m->parts[i].files);
		idmap_free(&m->parts[i].chunks);
	}
	next = m->files;
	HASH_CLEAR(hh, m->files);
	while ((f = next)) {
		next = f->hh.next;
		free(f->key);
		free(f);
	}
	free(m->parts);
}

void db_merge(const char *out, char *const *parts, size_t n)
{
	struct merge m = { .parts = xcalloc(n, sizeof(*m.parts)), .n = n };
	char *tmp;
	int fd;

	for (size_t i = 0; i < n; i++)
		part_open(&m.parts[i], parts[i]);
	tmp = temp_beside(out, &fd);
	db_open(&m.db, tmp, query_text, QUERIES, 0);
	schema_check(&m.db);
	while (merge_tu(&m))
		;
	db_opened(&m.db);
	db_close(&m.db);
	merge_free(&m);
	if (fsync(fd) || close(fd))
		die("cannot write %s:", out);
	temp_commit(tmp, out);
}
