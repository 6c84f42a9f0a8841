/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * db.h - SQLite in one line each (store room).
 *
 * Whatever goes wrong ends in die(), with the file's name and what to do: no function here fails.
 */
#ifndef RACYBITS_DB_H
#define RACYBITS_DB_H

#include "base/util.h"

struct sqlite3_stmt;

struct db {
	struct sqlite3 *handle;
	char *path;		       /* for messages */
	const char *const *text;       /* of the queries, by number */
	struct sqlite3_stmt **queries; /* prepared at first use */
	size_t n;
};

struct bytes {
	const unsigned char *p;
	size_t n;
};

/*
 * Opens or makes the file at `path` (NULL: in memory), takes it for this process alone until
 * db_close(), and begins a transaction.  `text` must outlive the database.  While another process
 * has it, waits for up to `seconds`.
 */
void db_open(struct db *db, const char *path, const char *const *text, size_t n,
	     unsigned int seconds);
/*
 * Ends the transaction of db_open().  From here on a commit goes to a write-ahead log: cheap, and
 * a killed process leaves whole commits only.
 */
void db_opened(struct db *db);
void db_close(struct db *db);
/* Makes the tables of a new file; dies if they are of another program or version (schema.c). */
void schema_check(struct db *db);
_Noreturn void db_damaged(const struct db *db, const char *what);

void db_run(struct db *db, const char *sql);	   /* statements without rows */
int64_t db_number(struct db *db, const char *sql); /* the number a statement gives */
int64_t db_last_id(const struct db *db);	   /* of the row inserted last */

/* Query number `q`, with nothing bound; text and bytes bound must live until its last row. */
struct sqlite3_stmt *db_query(struct db *db, size_t q);
void db_bind_int(struct sqlite3_stmt *st, int at, int64_t v);
void db_bind_text(struct sqlite3_stmt *st, int at, const char *text);
void db_bind_bytes(struct sqlite3_stmt *st, int at, struct bytes b);
/* Steps to the next row; false: there is none. */
bool db_row(struct db *db, struct sqlite3_stmt *st);
/* Runs a query of at most one row with one number: that, or `otherwise`; NULL is 0. */
int64_t db_one(struct db *db, struct sqlite3_stmt *st, int64_t otherwise);
/* Ends a query before its last row; NULL is fine. */
void db_end(struct sqlite3_stmt *st);

/* Columns of the current row, from 0; text (NULL: none) and bytes live until the next step. */
bool db_is_null(struct sqlite3_stmt *st, int at);
int64_t db_int(struct sqlite3_stmt *st, int at);
const char *db_text(struct sqlite3_stmt *st, int at);
struct bytes db_bytes(struct sqlite3_stmt *st, int at);

#endif
