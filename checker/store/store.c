// SPDX-License-Identifier: GPL-2.0-only
/* store.c - the facts of translation units, kept by content between runs. */
#include "facts/facts.h"
#include "load.h"
#include "store_priv.h"

static const char *const query_text[QUERIES] = {
	[TREE_ADD] = "INSERT OR IGNORE INTO tree (name) VALUES (?1)",
	[TREE_GET] = "SELECT id FROM tree WHERE name = ?1",
	[TU_LIST] = "SELECT file FROM tu WHERE tree = ?1 ORDER BY file",
	[TU_COPY] = "INSERT OR REPLACE INTO tu (tree, file, key, failed, files, chunks, sum)"
		    " SELECT ?1, file, key, failed, files, chunks, sum FROM tu"
		    " WHERE tree = ?3 AND file = ?2",
	[FILE_LIST] = "SELECT id, hash, size, mtime_ns, path FROM file",
	[FILE_ADD] = "INSERT INTO file (hash, size, mtime_ns, path) VALUES (?1, ?2, ?3, ?4)",
	[FILE_TOUCH] = "UPDATE file SET mtime_ns = ?2 WHERE id = ?1",
	[CHUNK_FIND] = "SELECT id FROM chunk WHERE hash = ?1 AND kind = ?2 AND data = ?3",
	[CHUNK_ADD] = "INSERT INTO chunk (hash, kind, data) VALUES (?1, ?2, ?3)",
	[CHUNK_GET] = "SELECT hash, kind, data FROM chunk WHERE id = ?1",
	[TU_GET] = "SELECT sum, key, failed, files, chunks FROM tu WHERE tree = ?1 AND file = ?2",
	[TU_PUT] = "INSERT INTO tu (tree, file, key, failed, files, chunks, sum)"
		   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (tree, file) DO UPDATE SET"
		   " key = ?3, failed = ?4, files = ?5, chunks = ?6, sum = ?7",
	[TU_LISTS] = "SELECT files, chunks FROM tu",
	[CHUNK_LAST] = "SELECT max(id) FROM chunk",
	[CHUNK_DROP] = "DELETE FROM chunk WHERE id = ?1",
	[FILE_LAST] = "SELECT max(id) FROM file",
	[FILE_DROP] = "DELETE FROM file WHERE id = ?1",
	[COMMANDS_GET] = "SELECT key, units, sum FROM commands WHERE tree = ?1 AND paths = ?2",
	[COMMANDS_PUT] = "INSERT OR REPLACE INTO commands (tree, paths, key, units, sum)"
			 " VALUES (?1, ?2, ?3, ?4, ?5)",
};

/* Ids up to the largest of a table. */
struct idset {
	bool *has;
	size_t n;
};

#define SHARED_WAIT_S 600 /* a build may have hundreds of processes in the queue */

/* --- opening and closing */

static void tree_open(struct store *s, const char *name)
{
	struct sqlite3_stmt *st = db_query(&s->db, TREE_ADD);

	db_bind_text(st, 1, name);
	db_row(&s->db, st);
	st = db_query(&s->db, TREE_GET);
	db_bind_text(st, 1, name);
	s->tree = db_one(&s->db, st, 0);
}

static void version_add(struct store *s, const char *path, const struct file_version *v)
{
	*idmap_at(&s->versions, (uint64_t)v->id) = (intptr_t)filestate_add(&s->files, path, v);
}

/* NULL: there is none. */
static struct file_version *version_of(const struct store *s, uint64_t id)
{
	return (struct file_version *)(intptr_t)idmap_get(&s->versions, id);
}

static void versions_load(struct store *s)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_LIST);
	struct file_version v = { 0 };
	const char *path;

	while (db_row(&s->db, st)) {
		v.id = db_int(st, 0);
		v.hash = (uint64_t)db_int(st, 1);
		v.size = db_int(st, 2);
		v.mtime_ns = db_int(st, 3);
		path = db_text(st, 4);
		if (v.id < 0 || v.id > ID_MAX || !path)
			db_damaged(&s->db, "table file");
		version_add(s, path, &v);
	}
}

static void store_begin(struct store *s, const char *path, const char *tree)
{
	s->kept = path;
	db_open(&s->db, path, query_text, QUERIES, s->shared ? SHARED_WAIT_S : 0);
	schema_check(&s->db);
	tree_open(s, tree ? tree : "");
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

/* --- lists of ids */

static struct idset idset_make(struct store *s, enum query last)
{
	struct idset set = { .n = (size_t)db_one(&s->db, db_query(&s->db, last), 0) + 1 };

	if (set.n > ID_MAX)
		db_damaged(&s->db, "an id is out of range");
	set.has = xcalloc(set.n, sizeof(*set.has));
	return set;
}

/* Adds all ids of a list. */
static void idset_add(struct store *s, struct idset *set, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id >= set->n)
			db_damaged(&s->db, "a list of ids");
		set->has[id] = true;
	}
}

static uint64_t lists_sum(struct bytes files, struct bytes chunks)
{
	return hash_bytes(hash_bytes(HASH_SEED, files.p, files.n), chunks.p, chunks.n);
}

static void drop_others(struct store *s, const struct idset *set, enum query drop)
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
	struct idset files = idset_make(s, FILE_LAST), chunks = idset_make(s, CHUNK_LAST);
	struct sqlite3_stmt *st = db_query(&s->db, TU_LISTS);

	db_run(&s->db, "BEGIN");
	while (db_row(&s->db, st)) {
		idset_add(s, &files, db_bytes(st, 0));
		idset_add(s, &chunks, db_bytes(st, 1));
	}
	drop_others(s, &files, FILE_DROP);
	drop_others(s, &chunks, CHUNK_DROP);
	db_run(&s->db, "COMMIT");
	free(files.has);
	free(chunks.has);
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

/* Of a unit as built, whatever its command was. */
static uint64_t built_key(const struct tu *tu, uint64_t tool_key)
{
	return hash_string(hash_bytes(HASH_SEED, &tool_key, sizeof(tool_key)), tu->file);
}

static uint64_t tu_key(const struct tu *tu, uint64_t tool_key)
{
	uint64_t h = built_key(tu, tool_key);

	h = hash_string(h, tu->dir);
	for (char **arg = tu->argv; *arg; arg++)
		h = hash_string(h, *arg);
	return h;
}

/* The row of a unit (columns of TU_GET), or NULL. */
static struct sqlite3_stmt *tu_get(struct store *s, const struct tu *tu)
{
	struct sqlite3_stmt *st = db_query(&s->db, TU_GET);

	db_bind_int(st, 1, s->tree);
	db_bind_text(st, 2, tu->file);
	if (!db_row(&s->db, st)) {
		db_end(st);
		return NULL;
	}
	if ((uint64_t)db_int(st, 0) != lists_sum(db_bytes(st, 3), db_bytes(st, 4)))
		db_damaged(&s->db, "table tu");
	return st;
}

static void touch(struct store *s, const struct file_version *v)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_TOUCH);

	db_bind_int(st, 1, v->id);
	db_bind_int(st, 2, v->mtime_ns);
	db_row(&s->db, st);
}

static bool files_same(struct store *s, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	bool same = true, touched;
	struct file_version *v;
	uint64_t id;

	while (same && at < end) {
		v = varint_read(&at, end, &id) ? version_of(s, id) : NULL;
		if (!v)
			db_damaged(&s->db, "a list of files");
		same = filestate_same(&s->files, v, &touched);
		if (same && touched)
			touch(s, v);
	}
	return same;
}

bool store_fresh(struct store *s, const struct tu *tu, uint64_t tool_key)
{
	struct sqlite3_stmt *st = tu_get(s, tu);
	uint64_t key;
	bool fresh;

	if (!st)
		return false;
	key = (uint64_t)db_int(st, 1);
	fresh = !db_is_null(st, 1) &&
		(key == tu_key(tu, tool_key) || key == built_key(tu, tool_key)) &&
		files_same(s, db_bytes(st, 3));
	db_end(st);
	return fresh;
}

char *store_failed(struct store *s, const struct tu *tu)
{
	struct sqlite3_stmt *st = tu_get(s, tu);
	char *reason = st && !db_is_null(st, 2) ? xstrdup(db_text(st, 2)) : NULL;

	db_end(st);
	return reason;
}

/* What a message says, as ids. */
struct tu_row {
	struct buf files, chunks;
	char *failed;
	bool reusable; /* it is known which files were read, and what they were like */
};

static int64_t version_put(struct store *s, const char *path, struct file_version *now)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_ADD);

	db_bind_int(st, 1, (int64_t)now->hash);
	db_bind_int(st, 2, now->size);
	db_bind_int(st, 3, now->mtime_ns);
	db_bind_text(st, 4, path);
	db_row(&s->db, st);
	now->id = db_last_id(&s->db);
	version_add(s, path, now);
	return now->id;
}

static int64_t file_id(struct store *s, const char *path, bool *known)
{
	struct file_version now, *v;
	bool touched = false;

	v = filestate_find(&s->files, path, &now, known, &touched);
	if (v && touched)
		touch(s, v);
	if (v || !*known)
		return v ? v->id : 0;
	return version_put(s, path, &now);
}

/* The same for one that was not there when the unit was read. */
static void put_absent(struct store *s, struct tu_row *r, const struct fact_item *item)
{
	char *path = xasprintf("%.*s", (int)item->n, (const char *)item->data);
	struct file_version now, *v = filestate_absent(&s->files, path, &now);

	r->reusable = r->reusable && !filestate_there(&s->files, path);
	if (r->reusable)
		buf_varint(&r->files, (uint64_t)(v ? v->id : version_put(s, path, &now)));
	free(path);
}

/* Adds a file to the list of the unit; `item` is its path. */
static void put_file(struct store *s, struct tu_row *r, const struct tu *tu, const char *kdir,
		     const struct fact_item *item)
{
	const char *name = (const char *)item->data;
	int n = (int)item->n;
	bool known;
	char *path;
	int64_t id;

	if (!r->reusable || !n)
		return;
	path = *name == '/' ? xasprintf("%.*s", n, name) : xasprintf("%s/%.*s", kdir, n, name);
	if (*name != '/' && !filestate_there(&s->files, path)) {
		free(path);
		path = xasprintf("%s/%.*s", tu->dir, n, name);
	}
	id = file_id(s, path, &known);
	if (known)
		buf_varint(&r->files, (uint64_t)id);
	r->reusable = known;
	free(path);
}

static struct sqlite3_stmt *chunk_query(struct store *s, enum query q, const struct fact_item *item)
{
	struct sqlite3_stmt *st = db_query(&s->db, q);

	db_bind_int(st, 1, (int64_t)hash_bytes(HASH_SEED, item->data, item->n));
	db_bind_int(st, 2, item->kind);
	db_bind_bytes(st, 3, (struct bytes){ item->data, item->n });
	return st;
}

static void put_chunk(struct store *s, struct tu_row *r, const struct fact_item *item)
{
	int64_t id = db_one(&s->db, chunk_query(s, CHUNK_FIND, item), 0);

	if (!id) {
		db_row(&s->db, chunk_query(s, CHUNK_ADD, item));
		id = db_last_id(&s->db);
	}
	buf_varint(&r->chunks, (uint64_t)id);
}

static void put_items(struct store *s, struct tu_row *r, const struct tu *tu, const char *kdir,
		      const unsigned char *msg, size_t n)
{
	const unsigned char *at = msg, *end = msg + n;
	struct fact_item item;

	while (facts_next(&at, end, &item)) {
		if (item.kind == CHUNK_FAILED && !r->failed)
			r->failed = xasprintf("%.*s", (int)item.n, (const char *)item.data);
		else if (item.kind == CHUNK_FILE && s->kept)
			put_file(s, r, tu, kdir, &item);
		else if (item.kind == CHUNK_ABSENT && s->kept)
			put_absent(s, r, &item);
		else if (item.kind < CHUNK_KINDS)
			put_chunk(s, r, &item);
	}
	if (at != end && !r->failed)
		r->failed = xstrdup("the worker's answer is damaged");
}

static void put_row(struct store *s, const struct tu *tu, struct tu_row *r, uint64_t key)
{
	struct bytes files = { .p = r->files.data, .n = r->files.n };
	struct bytes chunks = { .p = r->chunks.data, .n = r->chunks.n };
	struct sqlite3_stmt *st;

	if (r->failed)
		chunks.n = 0;
	st = tu_get(s, tu);
	s->replaced |= st || r->failed;
	db_end(st);
	st = db_query(&s->db, TU_PUT);
	db_bind_int(st, 1, s->tree);
	db_bind_text(st, 2, tu->file);
	if (r->reusable && files.n)
		db_bind_int(st, 3, (int64_t)key);
	if (r->failed)
		db_bind_text(st, 4, r->failed);
	db_bind_bytes(st, 5, files);
	db_bind_bytes(st, 6, chunks);
	db_bind_int(st, 7, (int64_t)lists_sum(files, chunks));
	db_row(&s->db, st);
}

void store_put(struct store *s, const struct tu *tu, uint64_t tool_key, const char *kdir,
	       const unsigned char *msg, size_t n)
{
	struct tu_row r = { .reusable = s->kept };

	db_run(&s->db, "BEGIN");
	put_items(s, &r, tu, kdir, msg, n);
	put_row(s, tu, &r, s->shared ? built_key(tu, tool_key) : tu_key(tu, tool_key));
	db_run(&s->db, "COMMIT");
	free(r.files.data);
	free(r.chunks.data);
	free(r.failed);
}

void store_put_failed(struct store *s, const struct tu *tu, const char *reason)
{
	struct tu_row r = { .failed = xstrdup(reason) };

	put_row(s, tu, &r, 0);
	free(r.failed);
}

void store_adopt(struct store *s, const char *from, const struct tu_list *tus, uint64_t tool_key)
{
	int64_t own = s->tree, other;
	bool fresh;
	size_t i;

	tree_open(s, from);
	other = s->tree;
	s->tree = own;
	for (i = 0; i < tus->n; i++) {
		struct sqlite3_stmt *st;

		if (store_fresh(s, &tus->tus[i], tool_key))
			continue;
		s->tree = other;
		fresh = store_fresh(s, &tus->tus[i], tool_key);
		s->tree = own;
		if (!fresh)
			continue;
		st = db_query(&s->db, TU_COPY);
		db_bind_int(st, 1, own);
		db_bind_text(st, 2, tus->tus[i].file);
		db_bind_int(st, 3, other);
		db_row(&s->db, st);
		s->replaced = true;
	}
}

void store_units_below(struct store *s, const char *dir, struct tu_list *out)
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

/* --- loading */

/* Adds the chunks of a list that have not been added before. */
static void load_chunks(struct store *s, struct merge *m, struct idset *done, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	struct bytes data;
	struct sqlite3_stmt *st;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id >= done->n)
			db_damaged(&s->db, "a list of chunks");
		if (done->has[id])
			continue;
		done->has[id] = true;
		st = db_query(&s->db, CHUNK_GET);
		db_bind_int(st, 1, (int64_t)id);
		if (!db_row(&s->db, st))
			db_damaged(&s->db, "a chunk is missing");
		data = db_bytes(st, 2);
		if ((uint64_t)db_int(st, 0) != hash_bytes(HASH_SEED, data.p, data.n) ||
		    !merge_chunk(m, (uint32_t)db_int(st, 1), data.p, data.n))
			db_damaged(&s->db, "a chunk");
	}
}

static void load_failed(struct program *p, struct arena *arena, const struct tu *tu,
			const char *reason)
{
	p->failed[p->nfailed++] = (struct failed_tu){
		.file = arena_printf(arena, "%s", tu->file),
		.reason = arena_printf(arena, "%s", reason),
	};
}

void store_load(struct store *s, const struct tu_list *tus, struct program *p, struct arena *arena)
{
	struct idset done = idset_make(s, CHUNK_LAST);
	struct merge m;

	merge_begin(&m, p, arena);
	p->failed = arena_alloc(arena, tus->n * sizeof(*p->failed));
	p->nfailed = 0;
	for (size_t i = 0; i < tus->n; i++) {
		struct sqlite3_stmt *st = tu_get(s, &tus->tus[i]);

		if (!st)
			load_failed(p, arena, &tus->tus[i], "not analysed");
		else if (!db_is_null(st, 2))
			load_failed(p, arena, &tus->tus[i], db_text(st, 2));
		else
			load_chunks(s, &m, &done, db_bytes(st, 4));
		db_end(st);
	}
	merge_end(&m);
	free(done.has);
	p->stats.tus = (uint32_t)tus->n;
	p->stats.failed = (uint32_t)p->nfailed;
	p->stats.functions = (uint32_t)p->nfunctions;
}
