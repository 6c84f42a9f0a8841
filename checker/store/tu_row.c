// SPDX-License-Identifier: GPL-2.0-only
/* tu_row.c - a row of the table `tu`: what is kept of one translation unit. */
#include "tu_row.h"

uint64_t tu_row_built_key(const struct tu *tu, uint64_t tool_key)
{
	return hash_string(hash_bytes(HASH_SEED, &tool_key, sizeof(tool_key)), tu->file);
}

uint64_t tu_row_key(const struct tu *tu, uint64_t tool_key)
{
	uint64_t h = tu_row_built_key(tu, tool_key);

	h = hash_string(h, tu->dir);
	for (char **arg = tu->argv; *arg; arg++)
		h = hash_string(h, *arg);
	return h;
}

struct sqlite3_stmt *tu_row_get(struct store *s, const struct tu *tu)
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
