// SPDX-License-Identifier: GPL-2.0-only
/* tree_row.c - a row of the table `tree`: the name of a kernel tree and its configuration. */
#include "tree_row.h"

int64_t tree_row_id(struct store *s, const char *name)
{
	struct sqlite3_stmt *st = db_query(&s->db, TREE_ADD);

	db_bind_text(st, 1, name);
	db_row(&s->db, st);
	st = db_query(&s->db, TREE_GET);
	db_bind_text(st, 1, name);
	return db_one(&s->db, st, 0);
}
