// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzzdb.c - databases for fuzz.c.  Either the bytes of a file, or the rows of a sound one: lists of files, of chunks and of
 * commands, with right checksums, and a message of facts; what can be loaded is judged, too.
 */
#include <sqlite3.h>
#include <unistd.h>

#include "facts/facts.h"
#include "store/db_merge.h"
#include "link/storage_unit.h"
#include "link/link.h"
#include "kernel/model_read.h"
#include "store/store.h"
#include "fuzz.h"
#include "store/load.h"
#include "store/put.h"
#include "store/tu_cache.h"

int __real_sqlite3_open_v2(const char *path, sqlite3 **handle, int flags, const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **handle, int flags, const char *vfs);

static char *argv[] = { "clang", "a.c", NULL };
static const struct tu unit = { "a.c", "/", argv };
static const struct tu_list list = { .tus = (struct tu *)&unit, .n = 1 };

static sqlite3 *opened[8];
static size_t nopened;
static struct arena arena;

int __wrap_sqlite3_open_v2(const char *path, sqlite3 **handle, int flags, const char *vfs)
{
	int rc = __real_sqlite3_open_v2(path, handle, flags, vfs);

	if (nopened < ARRAY_SIZE(opened))
		opened[nopened++] = *handle;
	return rc;
}

void database_refused(void)
{
	struct sqlite3_stmt *st;

	while (nopened) {
		while ((st = sqlite3_next_stmt(opened[nopened - 1], NULL)))
			sqlite3_finalize(st);
		sqlite3_close(opened[--nopened]);
	}
	arena_free(&arena);
}

static void judge(struct program *p)
{
	static struct linux_model m;
	static bool read;
	size_t i;

	if (!read)
		model_read_default(&m, "checker/kernel");
	read = true;
	for (i = 0; i < p->nrecords; i++)
		layout_units(&p->records[i], &arena);
	p->model = &m;
	link_program(p, &arena, 1, NULL);
}

static void load(const char *path)
{
	struct program p = { 0 };
	struct tu_list units = { 0 }, below = { 0 };
	struct store *s = store_open(path, "tree");

	store_fresh(s, &unit, 1);
	if (tu_cache_get(s, "paths", 1, &units))
		for (; units.n; units.n--) {
			free(units.tus[units.n - 1].file);
			free(units.tus[units.n - 1].dir);
			free(units.tus[units.n - 1].argv);
		}
	free(units.tus);
	store_tus_below(s, "/", &below);
	for (; below.n; below.n--) {
		free(below.tus[below.n - 1].file);
		free(below.tus[below.n - 1].dir);
		free(below.tus[below.n - 1].argv);
	}
	free(below.tus);
	store_adopt(s, "other", &list, 1);
	store_load(s, &list, &p, &arena);
	judge(&p);
	store_close(s);
	nopened = 0;
	arena_free(&arena);
}

static void join(char *path)
{
	char *out = xasprintf("%s/joined", fuzz_dir());

	db_merge(out, &path, 1);
	nopened = 0;
	free(out);
}

/* The log of a database that was refused may still be there. */
static char *fresh(const char *data, size_t n)
{
	static const char *const names[] = { "db-wal", "db-shm", "db-journal", "joined", "joined-wal" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		unlink(fuzz_file(names[i], "", 0));
	return fuzz_file("db", data, n);
}

void try_database(const char *text, size_t n)
{
	char *path = xstrdup(fresh(text, n));

	join(path);
	load(path);
	free(path);
}

static void must(int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE)
		abort();
}

static void bind_field(sqlite3_stmt *st, int at, const uint8_t *p, size_t n)
{
	must(sqlite3_bind_blob(st, at, n ? (const void *)p : "", (int)n, SQLITE_STATIC));
}

static void change_rows(const char *path, const uint8_t *const *p, const size_t *n)
{
	uint64_t lists = hash_bytes(hash_bytes(HASH_SEED, p[0], n[0]), p[1], n[1]);
	uint64_t commands = hash_bytes(HASH_SEED, p[2], n[2]);
	sqlite3_stmt *st;
	sqlite3 *db;

	must(__real_sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL));
	must(sqlite3_prepare_v2(db, "UPDATE tu SET files = ?1, chunks = ?2, sum = ?3", -1, &st, NULL));
	bind_field(st, 1, p[0], n[0]);
	bind_field(st, 2, p[1], n[1]);
	sqlite3_bind_int64(st, 3, (int64_t)lists);
	must(sqlite3_step(st));
	sqlite3_finalize(st);
	must(sqlite3_prepare_v2(db, "INSERT INTO commands VALUES (1, 'paths', 1, ?1, ?2)", -1, &st, NULL));
	bind_field(st, 1, p[2], n[2]);
	sqlite3_bind_int64(st, 2, (int64_t)commands);
	must(sqlite3_step(st));
	sqlite3_finalize(st);
	must(sqlite3_close(db));
}

void try_tables(const char *text, size_t n)
{
	const uint8_t *data = (const uint8_t *)text, *field[3];
	size_t i, bytes[3];
	char *path = xstrdup(fresh("", 0));
	struct store *s;

	for (i = 0; i < 3; i++)
		field[i] = fuzz_field(&data, &n, &bytes[i]);
	s = store_open(path, "tree");
	store_put(s, &unit, 1, "/", data, n);
	store_close(s);
	nopened = 0;
	load(path);
	change_rows(path, field, bytes);
	join(path);
	load(path);
	free(path);
}
