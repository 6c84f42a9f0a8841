/* SPDX-License-Identifier: GPL-2.0-only */
/* store_priv.h - the open store, for the files of this room. */
#ifndef RACYBITS_STORE_PRIV_H
#define RACYBITS_STORE_PRIV_H

#include "db.h"
#include "filestate.h"
#include "idmap.h"
#include "store.h"

enum store_query {
	TREE_ADD,
	TREE_GET,
	TU_LIST,
	TU_FILES,
	TU_COPY,
	FILE_LIST,
	FILE_VERSIONS,
	FILE_ADD,
	FILE_TOUCH,
	CHUNK_FIND,
	CHUNK_ADD,
	CHUNK_HASHES,
	CHUNK_GET,
	CHUNK_FROM,
	TU_GET,
	TU_PUT,
	TU_LISTS,
	CHUNK_LAST,
	CHUNK_DROP,
	FILE_LAST,
	FILE_DROP,
	COMMANDS_GET,
	COMMANDS_ASKED,
	COMMANDS_TOUCH,
	COMMANDS_PUT,
	NOTES_DROP,
	QUERIES
};

struct store {
	struct db db;
	bool kept;     /* on disk: later runs need to know which files were read */
	bool shared;   /* opened by store_open_shared() */
	bool replaced; /* a tu was replaced: chunks and files may be unused */
	int64_t tree;  /* id in the table tree */
	struct file_states files;
	struct idmap versions; /* by id of the table file: address of its struct file_version */
};

/* Sum of the two lists of a row of the table tu, by which damage is noticed. */
static inline uint64_t lists_sum(struct bytes files, struct bytes chunks)
{
	return hash_bytes(hash_bytes(HASH_SEED, files.p, files.n), chunks.p, chunks.n);
}

/* The row of a chunk: its hash, kind and bytes; dies if there is none.  Valid until the next call or db_end(). */
static inline struct sqlite3_stmt *chunk_row(struct store *s, uint64_t id)
{
	struct sqlite3_stmt *st = db_query(&s->db, CHUNK_GET);

	db_bind_int(st, 1, (int64_t)id);
	if (!db_row(&s->db, st))
		db_damaged(&s->db, "a chunk is missing");
	return st;
}

#endif
