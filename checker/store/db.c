// SPDX-License-Identifier: GPL-2.0-only
/* db.c - SQLite with one line a call. */
#include <errno.h>
#include <libgen.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db.h"

static void (*damage_handler)(const char *path);

void db_on_damage(void (*handler)(const char *path))
{
	damage_handler = handler;
}

void db_damaged(const struct db *db, const char *what)
{
	if (damage_handler)
		damage_handler(db->path);
	die("%s: not a racybits database or damaged (%s); remove it or name another with --db",
	    db->path, what);
}

static _Noreturn void die_unwritable(const char *path, const char *why)
{
	die("%s: cannot be opened for writing (%s); name another database with --db", path, why);
}

/*
 * SQLite does not always name the cause if it cannot open a file: it must be a regular one that can be
 * written, or made, in a directory that can be written.
 */
static void path_check(const char *path)
{
	char *copy = xstrdup(path), *dir = dirname(copy);
	struct stat st;

	if (!stat(path, &st)) {
		if (!S_ISREG(st.st_mode))
			die_unwritable(path,
				       error_text(S_ISDIR(st.st_mode) ? EISDIR : ENOTREGULAR));
		if (access(path, W_OK))
			die_unwritable(path, strerror(errno));
	}
	if (access(dir, W_OK | X_OK))
		die_unwritable(path, strerror(errno));
	free(copy);
}

static _Noreturn void failed(const struct db *db)
{
	const char *what = sqlite3_errmsg(db->handle);
	int system = sqlite3_system_errno(db->handle);

	/* The file is shorter than its header says. */
	if (sqlite3_extended_errcode(db->handle) == SQLITE_IOERR_SHORT_READ)
		db_damaged(db, what);
	switch (sqlite3_errcode(db->handle)) {
	case SQLITE_ERROR: /* a table or column is missing */
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		db_damaged(db, what);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		die("%s: in use by another process; wait for it or name another database with --db",
		    db->path);
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		die_unwritable(db->path, system ? strerror(system) : what);
	case SQLITE_FULL:
		die("%s: %s; make room or name another database with --db", db->path, what);
	default:
		die("%s: %s%s%s%s; name another database with --db", db->path, what,
		    system ? " (" : "", system ? strerror(system) : "", system ? ")" : "");
	}
}

void db_run(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		failed(db);
}

/* A process that fails to get the lock closes the file: two that kept read locks would deadlock. */
static int take(struct db *db, const char *path)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	/* The first statement after this pragma takes the lock, and it is kept. */
	const char *lock = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
	int result = sqlite3_open_v2(path, &db->handle, flags, NULL);

	return result == SQLITE_OK ? sqlite3_exec(db->handle, lock, NULL, NULL, NULL) : result;
}

/* Processes that wait retry at different times. */
static void pause_for_others(void)
{
	const struct timespec some_ms = { .tv_nsec = (10 + getpid() % 20) * 1000000L };

	nanosleep(&some_ms, NULL);
}

void db_open(struct db *db, const char *path, const char *const *text, size_t n,
	     unsigned int seconds)
{
	const time_t until = time(NULL) + seconds;
	int result;

	*db = (struct db){ .text = text, .n = n };
	db->path = xstrdup(path ? path : "facts in memory");
	db->queries = xcalloc(n, sizeof(struct sqlite3_stmt *));
	if (path)
		path_check(path);
	while ((result = take(db, path ? path : ":memory:")) == SQLITE_BUSY && time(NULL) < until) {
		sqlite3_close(db->handle);
		pause_for_others();
	}
	if (result != SQLITE_OK)
		failed(db);
}

void db_opened(struct db *db)
{
	db_run(db, "COMMIT");
	db_run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
}

void db_close(struct db *db)
{
	for (size_t i = 0; i < db->n; i++)
		sqlite3_finalize(db->queries[i]);
	if (sqlite3_close(db->handle) != SQLITE_OK)
		failed(db);
	free(db->queries);
	free(db->path);
}

struct sqlite3_stmt *db_query(struct db *db, size_t q)
{
	struct sqlite3_stmt **st = &db->queries[q];
	const unsigned int flags = SQLITE_PREPARE_PERSISTENT;

	if (!*st && sqlite3_prepare_v3(db->handle, db->text[q], -1, flags, st, NULL) != SQLITE_OK)
		failed(db);
	sqlite3_reset(*st);
	sqlite3_clear_bindings(*st);
	return *st;
}

void db_bind_int(struct sqlite3_stmt *st, int at, int64_t v)
{
	sqlite3_bind_int64(st, at, v);
}

void db_bind_text(struct sqlite3_stmt *st, int at, const char *text)
{
	sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

void db_bind_bytes(struct sqlite3_stmt *st, int at, struct bytes b)
{
	/* A null pointer would be bound as NULL. */
	sqlite3_bind_blob64(st, at, b.n ? (const void *)b.p : "", b.n, SQLITE_STATIC);
}

bool db_row(struct db *db, struct sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		failed(db);
	return rc == SQLITE_ROW;
}

int64_t db_one(struct db *db, struct sqlite3_stmt *st, int64_t otherwise)
{
	int64_t v = db_row(db, st) ? sqlite3_column_int64(st, 0) : otherwise;

	sqlite3_reset(st);
	return v;
}

int64_t db_number(struct db *db, const char *sql)
{
	struct sqlite3_stmt *st;
	int64_t v;

	if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) != SQLITE_OK)
		failed(db);
	v = db_one(db, st, 0);
	sqlite3_finalize(st);
	return v;
}

int64_t db_last_id(const struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

void db_end(struct sqlite3_stmt *st)
{
	sqlite3_reset(st);
}

bool db_is_null(struct sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL;
}

int64_t db_int(struct sqlite3_stmt *st, int at)
{
	return sqlite3_column_int64(st, at);
}

const char *db_text(struct sqlite3_stmt *st, int at)
{
	return (const char *)sqlite3_column_text(st, at);
}

struct bytes db_bytes(struct sqlite3_stmt *st, int at)
{
	const void *p = sqlite3_column_blob(st, at);

	return (struct bytes){ .p = p, .n = (size_t)sqlite3_column_bytes(st, at) };
}
