// SPDX-License-Identifier: GPL-2.0-only
/* notes.c - what was made of the facts of a tree, in the table of what make said of it. */
#include "notes.h"
#include "store_priv.h"
#include "tree_row.h"
#include "tu_row.h"

/* --- the key of facts: ids are given again once a chunk is dropped, so the hashes of chunks count */

static struct idmap hashes_of_chunks(struct store *s)
{
	struct sqlite3_stmt *st = db_query(&s->db, CHUNK_HASHES);
	struct idmap hashes = { 0 };

	while (db_row(&s->db, st)) {
		int64_t id = db_int(st, 0);

		if (id < 0 || id > ID_MAX)
			db_damaged(&s->db, "an id is out of range");
		*idmap_at(&hashes, (uint64_t)id) = db_int(st, 1);
	}
	return hashes;
}

static uint64_t chunks_key(struct store *s, const struct idmap *hashes, struct bytes list,
			   uint64_t key)
{
	const unsigned char *at = list.p, *end = at + list.n;
	int64_t hash;
	uint64_t id;

	while (at < end) {
		if (!varint_read(&at, end, &id))
			db_damaged(&s->db, "a list of chunks");
		hash = idmap_get(hashes, id);
		key = hash_bytes(key, &hash, sizeof(hash));
	}
	return key;
}

uint64_t store_facts_key(struct store *s, const struct tu_list *tus)
{
	struct idmap hashes = hashes_of_chunks(s);
	uint64_t key = HASH_SEED;
	size_t i;

	for (i = 0; i < tus->n; i++) {
		struct sqlite3_stmt *st = tu_row_get(s, &tus->tus[i]);

		key = hash_string(key, tus->tus[i].file);
		if (st && !db_is_null(st, 2))
			key = hash_string(key, db_text(st, 2));
		else if (st)
			key = chunks_key(s, &hashes, db_bytes(st, 4), key);
		db_end(st);
	}
	idmap_free(&hashes);
	return key;
}

/* --- notes */

static int64_t notes_row(struct store *s, const char *tree)
{
	char *name = xasprintf("%s\nnotes", tree);
	int64_t id = tree_row_id(s, name);

	free(name);
	return id;
}

/* Binds the name of a note, which is its key; the caller frees the string when the query is over. */
static char *name_bind(struct sqlite3_stmt *st, uint64_t key)
{
	char *name = xasprintf("%016llx", (unsigned long long)key);

	db_bind_text(st, 2, name);
	return name;
}

bool store_note_get(struct store *s, const char *tree, uint64_t key, struct buf *out)
{
	int64_t row = notes_row(s, tree);
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_GET);
	char *name = name_bind(st, key);
	struct bytes note;
	bool found;

	db_bind_int(st, 1, row);
	found = db_row(&s->db, st);
	if (found) {
		note = db_bytes(st, 1);
		if ((uint64_t)db_int(st, 2) != hash_bytes(HASH_SEED, note.p, note.n))
			db_damaged(&s->db, "table commands");
		buf_add(out, note.p, note.n);
		db_end(st);
	}
	free(name);
	return found;
}

void store_note_put(struct store *s, const char *tree, uint64_t key, const struct buf *note)
{
	int64_t row = notes_row(s, tree);
	struct sqlite3_stmt *st = db_query(&s->db, COMMANDS_PUT);
	char *name = name_bind(st, key);

	db_bind_int(st, 1, row);
	db_bind_int(st, 3, (int64_t)key);
	db_bind_bytes(st, 4, (struct bytes){ note->data, note->n });
	db_bind_int(st, 5, (int64_t)hash_bytes(HASH_SEED, note->data, note->n));
	db_row(&s->db, st);
	st = db_query(&s->db, NOTES_DROP);
	db_bind_int(st, 1, row);
	db_row(&s->db, st);
	free(name);
}
