// SPDX-License-Identifier: GPL-2.0-only
/* store_test.c - what is kept comes back, in order; what changed is noticed; bad files are named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facts/factmsg.h"
#include "store/store.h"
#include "store/load.h"
#include "store/put.h"

static const char *const files[] = { "a.c", "b.c", "h.h", "facts.db", "facts.db-wal", "copy.db",
				    "copy.db-wal" };
static char *argv_a[] = { "clang", "-DX", "a.c", NULL }, *argv_b[] = { "clang", "b.c", NULL };
static struct tu units[2];
static const struct tu_list list = { .tus = units, .n = 2 };

/* A tree of two units and a header, made long before anything is read; cwd is in it. */
static void write_file(const char *name, const char *text, int64_t seconds)
{
	const struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
}

static int tree_setup(void **state)
{
	char *dir = xasprintf("%s/store-test-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");

	if (!mkdtemp(dir) || chdir(dir))
		return -1;
	*state = dir;
	units[0] = (struct tu){ "a.c", dir, argv_a };
	units[1] = (struct tu){ "b.c", dir, argv_b };
	write_file("a.c", "a", 1000);
	write_file("b.c", "b", 1000);
	write_file("h.h", "h", 1000);
	return 0;
}

static int tree_teardown(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		unlink(files[i]);
	if (chdir("/") || rmdir(*state))
		return -1;
	free(*state);
	return 0;
}

static struct function make_function(const char *key, const char *file, uint32_t line,
				     uint32_t body)
{
	return (struct function){ .key = str_intern(key), .name = str_intern(key),
				  .loc = { str_intern(file), line, 1 }, .body_hash = body };
}

/* The facts of one unit: its own function, the header's, and a record of the header. */
static void put(struct store *s, size_t unit, const char *own, uint32_t header_body)
{
	struct function f = make_function(own, units[unit].file, 5, 1);
	struct function inlined = make_function("get@h.h", "h.h", 3, header_body);
	struct record r = { .key = str_intern("foo@h.h"), .name = str_intern("foo"),
			    .loc = { str_intern("h.h"), 1, 1 } };
	struct slot_store slot = { .record = str_intern("ops@h.h"), .func = inlined.key };
	struct buf msg = { 0 };
	struct tu_facts t;
	struct sink sink;

	facts_sink_init(&sink, &t, &msg);
	sink.function(sink.ctx, &f);
	sink.function(sink.ctx, &inlined);
	sink.record(sink.ctx, &r);
	sink.slot(sink.ctx, &slot);
	sink.file(sink.ctx, units[unit].file);
	sink.file(sink.ctx, "h.h");
	store_put(s, &units[unit], 1, units[unit].dir, msg.data, msg.n);
	facts_sink_free(&t);
	free(msg.data);
}

static void put_both(const char *path)
{
	struct store *s = store_open(path, "tree");

	put(s, 0, "fa", 1);
	put(s, 1, "fb", 1);
	store_close(s);
}

static bool fresh(const char *path, const char *tree, size_t unit, uint64_t tool)
{
	struct store *s = store_open(path, tree);
	bool is = store_fresh(s, &units[unit], tool);

	store_close(s);
	return is;
}

/* --- loading */

static void load_merges_and_sorts(void **state)
{
	struct store *s = store_open(NULL, NULL);
	struct program p = { 0 };
	struct arena a = { 0 };

	(void)state;
	put(s, 1, "fb", 2);
	put(s, 0, "fa", 1);
	store_load(s, &list, &p, &a);
	assert_int_equal(p.nfunctions, 4);
	assert_string_equal(str_get(p.functions[0].key), "fa");
	assert_string_equal(str_get(p.functions[1].key), "fb");
	assert_string_equal(str_get(p.functions[2].key), "get@h.h#1");
	assert_int_equal(p.functions[2].body_hash, 1);	/* of a.c, the first in the list */
	assert_string_equal(str_get(p.functions[3].key), "get@h.h#2");
	assert_int_equal(p.functions[3].body_hash, 2);
	assert_int_equal(p.stats.variants, 1);
	assert_int_equal(p.nrecords, 1);
	assert_int_equal(p.nslots, 2);	/* one for each get() */
	assert_string_equal(str_get(p.slots[0].func), "get@h.h#1");
	assert_string_equal(str_get(p.slots[1].func), "get@h.h#2");
	assert_int_equal(p.nfailed, 0);
	assert_int_equal(p.stats.tus, 2);
	store_close(s);
	arena_free(&a);
}

static void failures_are_listed(void **state)
{
	struct store *s = store_open(NULL, NULL);
	struct program p = { 0 };
	struct arena a = { 0 };

	(void)state;
	put(s, 0, "fa", 1);
	store_put_failed(s, &units[0], "killed by signal 11");
	store_put(s, &units[1], 1, "/", (const unsigned char *)"\x01\x7f", 2);
	store_load(s, &list, &p, &a);
	assert_int_equal(p.nfunctions, 0);
	assert_int_equal(p.nfailed, 2);
	assert_string_equal(p.failed[0].file, "a.c");
	assert_string_equal(p.failed[0].reason, "killed by signal 11");
	assert_string_equal(p.failed[1].reason, "the worker's answer is damaged");
	store_close(s);
	arena_free(&a);
}

/* --- between runs */

static void unchanged_is_fresh(void **state)
{
	struct program p = { 0 };
	struct arena a = { 0 };
	struct store *s;

	(void)state;
	put_both("facts.db");
	assert_int_not_equal(access("facts.db-wal", F_OK), 0);
	s = store_open("facts.db", "tree");
	assert_true(store_fresh(s, &units[0], 1));
	assert_true(store_fresh(s, &units[1], 1));
	store_load(s, &list, &p, &a);
	assert_int_equal(p.nfunctions, 3);
	assert_int_equal(p.stats.variants, 0);
	store_close(s);
	arena_free(&a);
	assert_false(fresh("facts.db", "tree", 0, 2));
	assert_false(fresh("facts.db", "another tree", 0, 1));
	argv_a[1] = "-DY";
	assert_false(fresh("facts.db", "tree", 0, 1));
	argv_a[1] = "-DX";
	assert_true(fresh("facts.db", "tree", 0, 1));
}

static void changed_files_are_noticed(void **state)
{
	struct store *s;

	(void)state;
	put_both("facts.db");
	write_file("h.h", "h", 2000);	/* touched only */
	assert_true(fresh("facts.db", "tree", 0, 1));
	write_file("a.c", "A", 2000);
	assert_false(fresh("facts.db", "tree", 0, 1));
	assert_true(fresh("facts.db", "tree", 1, 1));
	/* Only a.c is analysed with the new header: b.c still knows the old one. */
	write_file("h.h", "new", 3000);
	s = store_open("facts.db", "tree");
	put(s, 0, "fa", 7);
	store_close(s);
	assert_true(fresh("facts.db", "tree", 0, 1));
	assert_false(fresh("facts.db", "tree", 1, 1));
	unlink("h.h");
	assert_false(fresh("facts.db", "tree", 0, 1));
}

/* The facts may be of the file before or after the change. */
static void changes_meanwhile_are_not_trusted(void **state)
{
	struct store *s = store_open("facts.db", "tree");

	(void)state;
	write_file("h.h", "h", 4000000000);
	put(s, 0, "fa", 1);
	store_close(s);
	assert_false(fresh("facts.db", "tree", 0, 1));
}

static void failed_units_are_tried_again(void **state)
{
	struct store *s;

	(void)state;
	put_both("facts.db");
	s = store_open("facts.db", "tree");
	store_put_failed(s, &units[0], "exceeded 120 s");
	store_close(s);
	assert_false(fresh("facts.db", "tree", 0, 1));
	assert_true(fresh("facts.db", "tree", 1, 1));
}

static int64_t count(const char *path, const char *sql)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	int64_t n;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	n = sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

static void chunks_are_shared_and_dropped(void **state)
{
	struct store *s;

	(void)state;
	put_both("facts.db");
	assert_int_equal(count("facts.db", "SELECT count(*) FROM chunk"), 5);
	write_file("a.c", "A", 2000);
	s = store_open("facts.db", "tree");
	put(s, 0, "renamed", 1);
	store_close(s);
	assert_int_equal(count("facts.db", "SELECT count(*) FROM chunk"), 5);
	assert_int_equal(count("facts.db", "SELECT count(*) FROM file"), 3);
}

static void a_kill_leaves_whole_units(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		put(store_open("facts.db", "tree"), 0, "fa", 1);
		raise(SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_true(fresh("facts.db", "tree", 0, 1));
	assert_false(fresh("facts.db", "tree", 1, 1));
}

/* --- databases that cannot be used: one line, exit status 2 */

static void load_all(const char *path)
{
	struct store *s = store_open(path, "tree");
	struct program p = { 0 };
	struct arena a = { 0 };

	store_load(s, &list, &p, &a);
}

static void assert_dies(const char *path, const char *message)
{
	char text[1024];
	size_t n = 0;
	int fds[2], status;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (!pid) {
		dup2(fds[1], STDERR_FILENO);
		load_all(path);
		_exit(0);
	}
	close(fds[1]);
	while ((got = read(fds[0], text + n, sizeof(text) - 1 - n)) > 0)
		n += (size_t)got;
	assert_true(n > 0);
	text[n] = '\0';
	close(fds[0]);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_ptr_equal(strchr(text, '\n'), text + n - 1);
	if (!strstr(text, message))
		fail_msg("\"%s\" does not say \"%s\"", text, message);
}

static void damaged_databases_are_refused(void **state)
{
	char *data;
	size_t n;
	FILE *f;

	(void)state;
	write_file("facts.db", "This is no database, but long enough to be taken for one.\n", 1000);
	assert_dies("facts.db", "not a racybits database or damaged");
	unlink("facts.db");
	count("facts.db", "PRAGMA user_version = 1");
	count("facts.db", "CREATE TABLE other (x)");
	assert_dies("facts.db", "it belongs to another program");
	unlink("facts.db");
	put_both("facts.db");
	count("facts.db", "UPDATE chunk SET data = x'00' WHERE id = 2");
	assert_dies("facts.db", "not a racybits database or damaged (a chunk)");
	unlink("facts.db");
	put_both("facts.db");
	count("facts.db", "UPDATE tu SET chunks = x'05' WHERE file = 'b.c'");
	assert_dies("facts.db", "not a racybits database or damaged (table tu)");
	data = read_file("facts.db", &n);
	f = fopen("copy.db", "w");
	fwrite(data, 1, n / 2, f);
	fclose(f);
	free(data);
	assert_dies("copy.db", "copy.db: not a racybits database or damaged");
}

static void other_versions_are_refused(void **state)
{
	(void)state;
	put_both("facts.db");
	count("facts.db", "PRAGMA user_version = 77");
	assert_dies("facts.db", "facts.db: database of another version (77, this is ");
}

static void unusable_places_are_named(void **state)
{
	struct store *s = store_open("facts.db", "tree");

	(void)state;
	assert_dies("facts.db", "facts.db: in use by another process");
	store_close(s);
	assert_dies("missing/facts.db", "cannot be opened for writing (No such file");
	assert_dies(".", "cannot be opened for writing (Is a directory");
}

/* Each of them waits for the others, and none for ever. */
static void a_build_s_processes_queue(void **state)
{
	int status, i, k;

	(void)state;
	for (i = 0; i < 4; i++) {
		if (fork())
			continue;
		alarm(60);
		for (k = 0; k < 20; k++)
			store_close(store_open_shared("facts.db", "tree", store_now()));
		_exit(0);
	}
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
}

#define IN_TREE(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_TREE(load_merges_and_sorts),
		IN_TREE(failures_are_listed),
		IN_TREE(unchanged_is_fresh),
		IN_TREE(changed_files_are_noticed),
		IN_TREE(changes_meanwhile_are_not_trusted),
		IN_TREE(failed_units_are_tried_again),
		IN_TREE(chunks_are_shared_and_dropped),
		IN_TREE(a_kill_leaves_whole_units),
		IN_TREE(damaged_databases_are_refused),
		IN_TREE(other_versions_are_refused),
		IN_TREE(unusable_places_are_named),
		IN_TREE(a_build_s_processes_queue),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
