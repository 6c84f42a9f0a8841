// SPDX-License-Identifier: GPL-2.0-only
/* db_merge.c - facts gathered by several machines in one database. */
#include <unistd.h>

#include "db.h"
#include "facts/facts.h"
#include "idmap.h"
#include "db_merge.h"

#define uthash_fatal(msg) die("out of memory")
#include <uthash.h>

enum query {
	UNITS,
	FILE_GET,
	FILE_ADD,
	CHUNK_GET,
	CHUNK_FIND,
	CHUNK_ADD,
	TREE_ADD,
	TREE_GET,
	UNIT_ADD,
	QUERIES
};

static const char *const query_text[QUERIES] = {
	[UNITS] = "SELECT tree.name, file, key, failed, files, chunks FROM tu"
		  " JOIN tree ON tree.id = tree ORDER BY tree.name, file",
	[FILE_GET] = "SELECT hash, size, mtime_ns, path FROM file WHERE id = ?1",
	[FILE_ADD] = "INSERT INTO file (hash, size, mtime_ns, path) VALUES (?1, ?2, ?3, ?4)",
	[CHUNK_GET] = "SELECT hash, kind, data FROM chunk WHERE id = ?1",
	[CHUNK_FIND] = "SELECT id FROM chunk WHERE hash = ?1 AND kind = ?2 AND data = ?3",
	[CHUNK_ADD] = "INSERT INTO chunk (hash, kind, data) VALUES (?1, ?2, ?3)",
	[TREE_ADD] = "INSERT OR IGNORE INTO tree (name) VALUES (?1)",
	[TREE_GET] = "SELECT id FROM tree WHERE name = ?1",
	[UNIT_ADD] = "INSERT INTO tu (tree, file, key, failed, files, chunks, sum)"
		     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

struct part {
	struct db db;
	struct sqlite3_stmt *unit;  /* the next one; NULL: no more */
	struct idmap files, chunks; /* their ids as they are in the result; 0: not there yet */
};

struct known_file {
	char *key; /* hash and path */
	int64_t id;
	UT_hash_handle hh;
};

struct join {
	struct db db; /* the result */
	struct part *parts;
	size_t n;
	struct known_file *files;
};

/* --- rows */

static int64_t add_row(struct join *j, enum query q, struct sqlite3_stmt *from)
{
	struct sqlite3_stmt *st = db_query(&j->db, q);

	db_bind_int(st, 1, db_int(from, 0));
	db_bind_int(st, 2, db_int(from, 1));
	if (q == CHUNK_ADD) {
		db_bind_bytes(st, 3, db_bytes(from, 2));
	} else {
		db_bind_int(st, 3, db_int(from, 2));
		db_bind_text(st, 4, db_text(from, 3));
	}
	db_row(&j->db, st);
	return db_last_id(&j->db);
}

static int64_t file_id(struct join *j, struct sqlite3_stmt *from)
{
	struct known_file *f;
	char *key = xasprintf("%llx %s", (unsigned long long)db_int(from, 0), db_text(from, 3));

	HASH_FIND_STR(j->files, key, f);
	if (f) {
		free(key);
		return f->id;
	}
	f = xcalloc(1, sizeof(*f));
	f->key = key;
	f->id = add_row(j, FILE_ADD, from);
	HASH_ADD_KEYPTR(hh, j->files, f->key, strlen(f->key), f);
	return f->id;
}

static int64_t chunk_id(struct join *j, struct part *p, struct sqlite3_stmt *from)
{
	struct sqlite3_stmt *st = db_query(&j->db, CHUNK_FIND);
	struct bytes data = db_bytes(from, 2);
	int64_t id;

	if ((uint64_t)db_int(from, 0) != hash_bytes(HASH_SEED, data.p, data.n))
		db_damaged(&p->db, "a chunk");
	db_bind_int(st, 1, db_int(from, 0));
	db_bind_int(st, 2, db_int(from, 1));
	db_bind_bytes(st, 3, data);
	id = db_one(&j->db, st, 0);
	return id ? id : add_row(j, CHUNK_ADD, from);
}

/* The list of ids as it is in the result. */
static struct buf ids_map(struct join *j, struct part *p, struct bytes list, enum query get)
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
			*to = get == FILE_GET ? file_id(j, st) : chunk_id(j, p, st);
			db_end(st);
		}
		buf_varint(&out, (uint64_t)*to);
	}
	return out;
}

static int64_t tree_id(struct join *j, const char *name)
{
	struct sqlite3_stmt *st = db_query(&j->db, TREE_ADD);

	db_bind_text(st, 1, name);
	db_row(&j->db, st);
	st = db_query(&j->db, TREE_GET);
	db_bind_text(st, 1, name);
	return db_one(&j->db, st, 0);
}

static void add_unit(struct join *j, struct part *p)
{
	struct buf files = ids_map(j, p, db_bytes(p->unit, 4), FILE_GET);
	struct buf chunks = ids_map(j, p, db_bytes(p->unit, 5), CHUNK_GET);
	int64_t tree = tree_id(j, db_text(p->unit, 0));
	struct sqlite3_stmt *st = db_query(&j->db, UNIT_ADD);

	db_bind_int(st, 1, tree);
	db_bind_text(st, 2, db_text(p->unit, 1));
	if (!db_is_null(p->unit, 2))
		db_bind_int(st, 3, db_int(p->unit, 2));
	if (!db_is_null(p->unit, 3))
		db_bind_text(st, 4, db_text(p->unit, 3));
	db_bind_bytes(st, 5, (struct bytes){ files.data, files.n });
	db_bind_bytes(st, 6, (struct bytes){ chunks.data, chunks.n });
	db_bind_int(st, 7,
		    (int64_t)hash_bytes(hash_bytes(HASH_SEED, files.data, files.n), chunks.data,
					chunks.n));
	db_row(&j->db, st);
	free(files.data);
	free(chunks.data);
}

/* --- the parts side by side */

static void next_unit(struct part *p)
{
	if (!db_row(&p->db, p->unit))
		p->unit = NULL;
}

static int compare_units(const struct part *a, const struct part *b)
{
	int order = strcmp(db_text(a->unit, 0), db_text(b->unit, 0));

	return order ? order : strcmp(db_text(a->unit, 1), db_text(b->unit, 1));
}

/* Of two parts with the same unit: which one is taken does not depend on their order. */
static bool is_better(const struct part *a, const struct part *b)
{
	bool a_failed = !db_is_null(a->unit, 3), b_failed = !db_is_null(b->unit, 3);

	return a_failed != b_failed ? b_failed : strcmp(a->db.path, b->db.path) < 0;
}

/* Moves on to the next unit; false: there is none. */
static bool join_unit(struct join *j)
{
	struct part *best = NULL, *p;
	int order;

	for (p = j->parts; p < j->parts + j->n; p++) {
		order = p->unit && best ? compare_units(p, best) : 0;
		if (p->unit && (!best || order < 0 || (!order && is_better(p, best))))
			best = p;
	}
	if (!best)
		return false;
	add_unit(j, best);
	for (p = j->parts; p < j->parts + j->n; p++)
		if (p != best && p->unit && !compare_units(p, best))
			next_unit(p);
	next_unit(best);
	return true;
}

static void part_open(struct part *p, const char *path)
{
	if (access(path, R_OK))
		die("cannot open %s:", path);
	db_open(&p->db, path, query_text, QUERIES, 0);
	schema_check(&p->db);
	db_opened(&p->db);
	p->unit = db_query(&p->db, UNITS);
	next_unit(p);
}

static void join_free(struct join *j)
{
	struct known_file *f, *next;

	for (size_t i = 0; i < j->n; i++) {
		db_close(&j->parts[i].db);
		idmap_free(&j->parts[i].files);
		idmap_free(&j->parts[i].chunks);
	}
	HASH_ITER(hh, j->files, f, next) {
		HASH_DEL(j->files, f);
		free(f->key);
		free(f);
	}
	free(j->parts);
}

void store_join(const char *out, char *const *parts, size_t n)
{
	struct join j = { .parts = xcalloc(n, sizeof(*j.parts)), .n = n };
	char *tmp = xasprintf("%s.%ld", out, (long)getpid());

	for (size_t i = 0; i < n; i++)
		part_open(&j.parts[i], parts[i]);
	db_open(&j.db, tmp, query_text, QUERIES, 0);
	schema_check(&j.db);
	while (join_unit(&j))
		;
	db_opened(&j.db);
	db_close(&j.db);
	join_free(&j);
	if (rename(tmp, out))
		die("cannot rename %s to %s:", tmp, out);
	free(tmp);
}
