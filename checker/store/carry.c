// SPDX-License-Identifier: GPL-2.0-only
/* carry.c - facts of tus taken over from another state of a tree, without parsing. */
#include "carry.h"
#include "facts/factmsg.h"
#include "facts/relocate.h"
#include "put.h"
#include "store_priv.h"
#include "tree_row.h"
#include "tu_row.h"
#include "versions.h"

/* What becomes of a chunk. */
enum chunk_fate { FATE_UNKNOWN, FATE_SAME, FATE_NEW, FATE_RECORD, FATE_LOST };

/* A record whose members change: a tu that has it is parsed, to see what it becomes. */
struct carried_record {
	int64_t chunk;	/* before */
	size_t witness; /* number of that tu */
};

struct carry {
	struct store *s;
	int64_t from;
	const struct tu_list *tus;
	uint64_t key;
	struct relocation *moves; /* of the files */
	int64_t *before, *after;  /* ids of their versions; 0: there is none */
	const struct carry_file *files;
	size_t n;
	bool *takes;		/* by tu */
	struct idmap concerned; /* by id of a file: 1 no, 2 yes */
	struct idmap fate,
		becomes; /* by id of a chunk: enum chunk_fate; FATE_NEW: the id of the new one */
	struct carried_record *records;
	size_t nrecords, cap;
	bool (*concerns)(void *ctx, const char *path);
	void *ctx;
};

/* --- the files */

/* The version of a file with this content that facts were made from, or 0. */
static int64_t version_of(struct store *s, const char *path, const char *content)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_VERSIONS);
	size_t bytes;
	char *data = read_file(content, &bytes);
	uint64_t hash = data ? hash_bytes(HASH_SEED, data, bytes) : 0;
	int64_t id = 0;

	db_bind_text(st, 1, path);
	while (data && !id && db_row(&s->db, st))
		if (db_int(st, 1) == (int64_t)bytes && (uint64_t)db_int(st, 2) == hash)
			id = db_int(st, 0);
	db_end(st);
	free(data);
	return id;
}

static void files_begin(struct carry *c)
{
	bool known;
	size_t i;

	c->moves = xcalloc(c->n + 1, sizeof(*c->moves));
	c->before = xcalloc(c->n + 1, sizeof(*c->before));
	c->after = xcalloc(c->n + 1, sizeof(*c->after));
	for (i = 0; i < c->n; i++) {
		const struct carry_file *f = &c->files[i];

		c->moves[i] = (struct relocation){ .file = f->name, .change = f->change };
		c->before[i] = version_of(c->s, f->path, f->before);
		c->after[i] = versions_now(c->s, f->path, &known);
		if (!known)
			c->before[i] = 0;
	}
}

/* The number of the file whose version before the change this is; c->n: of none. */
static size_t changed_file(const struct carry *c, uint64_t id)
{
	size_t i;

	for (i = 0; i < c->n && (!c->before[i] || (uint64_t)c->before[i] != id); i++)
		;
	return i;
}

static bool is_concerned(struct carry *c, uint64_t id, const struct file_version *v)
{
	int64_t *known = idmap_at(&c->concerned, id);

	if (!*known)
		*known = v->size != FILE_ABSENT && c->concerns(c->ctx, filestate_path(v)) ? 2 : 1;
	return *known == 2;
}

/* Has the tu read nothing that differs, but for the changed headers, and nothing that these concern? */
static bool files_allow(struct carry *c, struct bytes list)
{
	const unsigned char *at = list.p, *end = at + list.n;
	bool touched, changed = false;
	struct file_version *v;
	uint64_t id;

	while (at < end) {
		v = varint_read(&at, end, &id) ? versions_get(c->s, id) : NULL;
		if (!v)
			db_damaged(&c->s->db, "a list of files");
		if (changed_file(c, id) < c->n)
			changed = true;
		else if (!filestate_same(&c->s->files, v, &touched) || is_concerned(c, id, v))
			return false;
	}
	return changed;
}

/* --- the chunks */

static void chunk_look(struct carry *c, uint64_t id)
{
	struct sqlite3_stmt *st = chunk_row(c->s, id);
	uint32_t kind = (uint32_t)db_int(st, 1);
	struct bytes data = db_bytes(st, 2);
	struct buf moved = { 0 };

	switch (facts_relocate(kind, data.p, data.n, c->moves, c->n, &moved)) {
	case RELOCATED_SAME:
		*idmap_at(&c->fate, id) = FATE_SAME;
		break;
	case RELOCATED_MOVED:
		*idmap_at(&c->fate, id) = FATE_NEW;
		*idmap_at(&c->becomes, id) =
			put_chunk(c->s, &(struct fact_item){
						.kind = kind, .data = moved.data, .n = moved.n });
		break;
	case RELOCATED_RECORD:
		*idmap_at(&c->fate, id) = FATE_RECORD;
		break;
	case RELOCATED_LOST:
		*idmap_at(&c->fate, id) = FATE_LOST;
		break;
	}
	db_end(st);
	free(moved.data);
}

static enum chunk_fate fate_of(struct carry *c, uint64_t id)
{
	if (!idmap_get(&c->fate, id))
		chunk_look(c, id);
	return (enum chunk_fate)idmap_get(&c->fate, id);
}

/* The tu is the first one that has the record: it is to be parsed. */
static bool becomes_witness(struct carry *c, uint64_t id, size_t tu)
{
	size_t i;

	for (i = 0; i < c->nrecords; i++)
		if (c->records[i].chunk == (int64_t)id)
			return false;
	*vec_add(c->records, c->nrecords, c->cap) =
		(struct carried_record){ .chunk = (int64_t)id, .witness = tu };
	return true;
}

static bool chunks_allow(struct carry *c, struct bytes list, size_t tu)
{
	const unsigned char *at = list.p, *end = at + list.n;
	bool allowed = true;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id) || id > ID_MAX)
			db_damaged(&c->s->db, "a list of chunks");
		switch (fate_of(c, id)) {
		case FATE_LOST:
			return false;
		case FATE_RECORD:
			allowed &= !becomes_witness(c, id, tu);
			break;
		default:
			break;
		}
	}
	return allowed;
}

/* --- the plan */

/* The row of a tu in the other tree; NULL: there is none. */
static struct sqlite3_stmt *row_before(struct carry *c, const struct tu *tu)
{
	int64_t own = c->s->tree;
	struct sqlite3_stmt *st;

	c->s->tree = c->from;
	st = tu_row_get(c->s, tu);
	c->s->tree = own;
	return st;
}

static bool may_take(struct carry *c, size_t i)
{
	const struct tu *tu = &c->tus->tus[i];
	struct sqlite3_stmt *st;
	bool may;

	if (!*tu->argv || store_fresh(c->s, tu, c->key))
		return false;
	st = row_before(c, tu);
	may = st && !db_is_null(st, 1) && db_is_null(st, 2) &&
	      (uint64_t)db_int(st, 1) == tu_row_key(tu, c->key) &&
	      files_allow(c, db_bytes(st, 3)) && chunks_allow(c, db_bytes(st, 4), i);
	db_end(st);
	return may;
}

struct carry *carry_plan(struct store *s, const char *from, const struct tu_list *tus,
			 uint64_t tool_key, const struct carry_file *files, size_t n,
			 bool (*concerns)(void *ctx, const char *path), void *ctx)
{
	struct carry *c = xcalloc(1, sizeof(*c));
	size_t i;

	*c = (struct carry){ .s = s,
			     .tus = tus,
			     .key = tool_key,
			     .files = files,
			     .n = n,
			     .concerns = concerns,
			     .ctx = ctx };
	c->from = tree_row_id(s, from);
	c->takes = xcalloc(tus->n + 1, sizeof(*c->takes));
	db_run(&s->db, "BEGIN");
	files_begin(c);
	for (i = 0; i < tus->n; i++)
		c->takes[i] = may_take(c, i);
	db_run(&s->db, "COMMIT");
	return c;
}

bool carry_takes(const struct carry *c, size_t i)
{
	return c->takes[i];
}

void carry_free(struct carry *c)
{
	idmap_free(&c->concerned);
	idmap_free(&c->fate);
	idmap_free(&c->becomes);
	free(c->moves);
	free(c->before);
	free(c->after);
	free(c->takes);
	free(c->records);
	free(c);
}

/* --- what became of the records */

static bool record_get(struct carry *c, uint64_t id, struct arena *a, struct record *r)
{
	struct sqlite3_stmt *st = chunk_row(c->s, id);
	struct bytes data = db_bytes(st, 2);
	bool is = db_int(st, 1) == CHUNK_RECORD && facts_decode_record(data.p, data.n, a, r);
	db_end(st);
	return is;
}

/* The id of the record that takes the place of `was` in the list of chunks, or 0. */
static uint64_t replacement_in(struct carry *c, struct bytes list, const struct record *was,
			       struct arena *a)
{
	const unsigned char *at = list.p, *end = at + list.n;
	struct record r;
	uint64_t id;

	while (at < end && varint_read(&at, end, &id))
		if (record_get(c, id, a, &r) && r.key == was->key)
			return facts_record_replaces(was, &r, c->moves, c->n) ? id : 0;
	return 0;
}

static bool record_settle(struct carry *c, const struct carried_record *r)
{
	struct sqlite3_stmt *st = tu_row_get(c->s, &c->tus->tus[r->witness]);
	struct arena a = { 0 };
	struct record was;
	uint64_t now = 0;

	if (st && db_is_null(st, 2) && record_get(c, (uint64_t)r->chunk, &a, &was))
		now = replacement_in(c, db_bytes(st, 4), &was, &a);
	db_end(st);
	arena_free(&a);
	*idmap_at(&c->becomes, (uint64_t)r->chunk) = (int64_t)now;
	return now;
}

/* The tags of the records whose facts were looked at. */
static void tags_seen(struct carry *c, struct args *tags)
{
	size_t i;

	for (i = 0; i < c->nrecords; i++) {
		struct arena a = { 0 };
		struct record r;

		if (record_get(c, (uint64_t)c->records[i].chunk, &a, &r))
			args_add_once(tags, str_get(r.name), strcspn(str_get(r.name), "."));
		arena_free(&a);
	}
}

/* A record without facts, as it has no bitfields, may have become larger, and with it others that have it. */
static bool records_seen(struct carry *c)
{
	struct args tags = { 0 };
	bool seen = true;
	size_t i, k;

	tags_seen(c, &tags);
	for (i = 0; i < c->n; i++) {
		const struct source_change *change = c->files[i].change;

		for (k = 0; k < change->records.n && !change->layouts; k++)
			seen &= args_has(&tags, change->records.v[k], strlen(change->records.v[k]));
	}
	args_free(&tags);
	return seen;
}

/* --- the rows */

static void put_taken(struct carry *c, const struct tu *tu)
{
	struct sqlite3_stmt *st = row_before(c, tu);
	struct bytes files = db_bytes(st, 3), chunks = db_bytes(st, 4);
	struct buf new_files = { 0 }, new_chunks = { 0 };
	const unsigned char *at;
	uint64_t id;

	for (at = files.p; at < files.p + files.n && varint_read(&at, files.p + files.n, &id);) {
		size_t i = changed_file(c, id);

		buf_varint(&new_files, i < c->n ? (uint64_t)c->after[i] : id);
	}
	for (at = chunks.p;
	     at < chunks.p + chunks.n && varint_read(&at, chunks.p + chunks.n, &id);) {
		int64_t becomes = idmap_get(&c->becomes, id);

		buf_varint(&new_chunks, becomes ? (uint64_t)becomes : id);
	}
	db_end(st);
	put_lists(c->s, tu, tu_row_key(tu, c->key), &new_files, &new_chunks);
	free(new_files.data);
	free(new_chunks.data);
}

size_t carry_put(struct carry *c)
{
	size_t i, n = 0;

	if (!records_seen(c))
		return 0;
	for (i = 0; i < c->nrecords; i++)
		if (!record_settle(c, &c->records[i]))
			return 0;
	db_run(&c->s->db, "BEGIN");
	for (i = 0; i < c->tus->n; i++)
		if (c->takes[i]) {
			put_taken(c, &c->tus->tus[i]);
			n++;
		}
	db_run(&c->s->db, "COMMIT");
	return n;
}
