/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * db.h - SQLite with one line a call.  Every error ends in die() with the name of the file, the cause and
 * what to do about it, so no function returns an error.
 */
#ifndef RACYBITS_DB_H
#define RACYBITS_DB_H

#include "base/util.h"

struct sqlite3_stmt;

struct db {
	struct sqlite3 *handle;
	char *path;		       /* for messages */
	const char *const *text;       /* SQL of the queries, by number */
	struct sqlite3_stmt **queries; /* each prepared at its first use */
	size_t n;		       /* queries */
};

struct bytes {
	const unsigned char *p;
	size_t n;
};

/*
 * Opens or creates the file at `path` (NULL: a database in memory), locks it for this process until
 * db_close(), and begins a transaction.  Waits up to `seconds` for another process to release it.
 * `text` are the `n` queries; it must outlive the database.
 */
void db_open(struct db *db, const char *path, const char *const *text, size_t n,
	     unsigned int seconds);
/*
 * Commits the transaction of db_open() and switches to a write-ahead log: commits are cheap from here
 * on, and a process that is killed leaves only whole ones.
 */
void db_opened(struct db *db);
void db_close(struct db *db);
/*
 * Makes `handler` (NULL: none) what happens when a database turns out to be damaged, in place of dying:
 * it gets the path and does not return.
 */
void db_on_damage(void (*handler)(const char *path));
/* Dies: the database is damaged, as `what` says.  Calls the handler of db_on_damage() if there is one. */
_Noreturn void db_damaged(const struct db *db, const char *what);

void db_run(struct db *db, const char *sql);	   /* statements that give no rows */
int64_t db_number(struct db *db, const char *sql); /* the number that a statement gives */
int64_t db_last_id(const struct db *db);	   /* id of the row inserted last */

/* Query number `q` with nothing bound.  Text and bytes that are bound must outlive its last row. */
struct sqlite3_stmt *db_query(struct db *db, size_t q);
void db_bind_int(struct sqlite3_stmt *st, int at, int64_t v);
void db_bind_text(struct sqlite3_stmt *st, int at, const char *text);
void db_bind_bytes(struct sqlite3_stmt *st, int at, struct bytes b);
/* Steps to the next row; false if there is none. */
bool db_row(struct db *db, struct sqlite3_stmt *st);
/* The number in the one row of a query, 0 for NULL; `otherwise` if there is no row. */
int64_t db_one(struct db *db, struct sqlite3_stmt *st, int64_t otherwise);
/* Ends a query before its last row; does nothing for NULL. */
void db_end(struct sqlite3_stmt *st);

/* Columns of the current row, from 0.  Text (NULL for NULL) and bytes live until the next step. */
bool db_is_null(struct sqlite3_stmt *st, int at);
int64_t db_int(struct sqlite3_stmt *st, int at);
const char *db_text(struct sqlite3_stmt *st, int at);
struct bytes db_bytes(struct sqlite3_stmt *st, int at);

#endif
