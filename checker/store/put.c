// SPDX-License-Identifier: GPL-2.0-only
/* put.c - storing the facts of a translation unit. */
#include "facts/factmsg.h"
#include "put.h"
#include "tree_row.h"
#include "tu_row.h"
#include "versions.h"

/* A row of the table tu to be. */
struct new_row {
	struct buf files, chunks; /* ids */
	char *failed;
	bool reusable; /* all files that were read are known, and what they were like */
};

/* Adds a file that did not exist when the tu was parsed. */
static void put_missing(struct store *s, struct new_row *r, const struct fact_item *item)
{
	char *path = xasprintf("%.*s", (int)item->n, (const char *)item->data);
	struct file_version now, *v = filestate_absent(&s->files, path, &now);

	r->reusable = r->reusable && !filestate_there(&s->files, path);
	if (r->reusable)
		buf_varint(&r->files, (uint64_t)(v ? v->id : versions_put(s, path, &now)));
	free(path);
}

/* Adds a file that was read; `item` is its path. */
static void put_file(struct store *s, struct new_row *r, const struct tu *tu, const char *kdir,
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
	id = versions_now(s, path, &known);
	if (known)
		buf_varint(&r->files, (uint64_t)id);
	r->reusable = known;
	free(path);
}

static struct sqlite3_stmt *chunk_query(struct store *s, enum store_query q,
					const struct fact_item *item)
{
	struct sqlite3_stmt *st = db_query(&s->db, q);

	db_bind_int(st, 1, (int64_t)hash_bytes(HASH_SEED, item->data, item->n));
	db_bind_int(st, 2, item->kind);
	db_bind_bytes(st, 3, (struct bytes){ item->data, item->n });
	return st;
}

int64_t put_chunk(struct store *s, const struct fact_item *item)
{
	int64_t id = db_one(&s->db, chunk_query(s, CHUNK_FIND, item), 0);

	if (!id) {
		db_row(&s->db, chunk_query(s, CHUNK_ADD, item));
		id = db_last_id(&s->db);
	}
	return id;
}

static void put_items(struct store *s, struct new_row *r, const struct tu *tu, const char *kdir,
		      const unsigned char *msg, size_t n)
{
	const unsigned char *at = msg, *end = msg + n;
	struct fact_item item;

	while (facts_next(&at, end, &item)) {
		if (item.kind == CHUNK_FAILED && !r->failed)
			r->failed = xasprintf("%.*s", (int)item.n, (const char *)item.data);
		else if (item.kind == CHUNK_FILE && s->kept)
			put_file(s, r, tu, kdir, &item);
		else if (item.kind == CHUNK_MISSING && s->kept)
			put_missing(s, r, &item);
		else if (item.kind < CHUNK_KINDS)
			buf_varint(&r->chunks, (uint64_t)put_chunk(s, &item));
	}
	if (at != end && !r->failed)
		r->failed = xstrdup("the worker's answer is damaged");
}

static void put_row(struct store *s, const struct tu *tu, struct new_row *r, uint64_t key)
{
	struct bytes files = { .p = r->files.data, .n = r->files.n };
	struct bytes chunks = { .p = r->chunks.data, .n = r->chunks.n };
	struct sqlite3_stmt *st;

	if (r->failed)
		chunks.n = 0;
	st = tu_row_get(s, tu);
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

void put_lists(struct store *s, const struct tu *tu, uint64_t row_key, const struct buf *files,
	       const struct buf *chunks)
{
	struct new_row r = { .files = *files, .chunks = *chunks, .reusable = true };

	put_row(s, tu, &r, row_key);
}

void store_put(struct store *s, const struct tu *tu, uint64_t tool_key, const char *kdir,
	       const unsigned char *msg, size_t n)
{
	struct new_row r = { .reusable = s->kept };

	db_run(&s->db, "BEGIN");
	put_items(s, &r, tu, kdir, msg, n);
	put_row(s, tu, &r, s->shared ? tu_row_built_key(tu, tool_key) : tu_row_key(tu, tool_key));
	db_run(&s->db, "COMMIT");
	free(r.files.data);
	free(r.chunks.data);
	free(r.failed);
}

void store_put_failed(struct store *s, const struct tu *tu, const char *reason)
{
	struct new_row r = { .failed = xstrdup(reason) };

	put_row(s, tu, &r, 0);
	free(r.failed);
}

void store_adopt(struct store *s, const char *from, const struct tu_list *tus, uint64_t tool_key)
{
	int64_t own = s->tree, other = tree_row_id(s, from);
	bool fresh;
	size_t i;

	db_run(&s->db, "BEGIN");
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
	db_run(&s->db, "COMMIT");
}
