// SPDX-License-Identifier: GPL-2.0-only
/* compdb_test.c - translation units of miniature trees, and command lines made fit for clang. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tree/ccargs.h"
#include "tree/compdb.h"
#include "base/util.h"
#include "tree/shell_words.h"

static char *top; /* the miniature tree */

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", top, name), *slash = path + strlen(top);
	FILE *f;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

static void drop(const char *name)
{
	char *path = xasprintf("%s/%s", top, name);

	assert_int_equal(remove(path), 0);
	free(path);
}

static int make_tree(void **state)
{
	const char *base = getenv("TMPDIR");
	char *dir = xasprintf("%s/compdb_test.XXXXXX", base ? base : P_tmpdir);

	(void)state;
	top = realpath(mkdtemp(dir), NULL);
	free(dir);
	put("Kconfig", "");
	put("Makefile", "# x\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\nEXTRAVERSION = -rc1\n");
	put(".config", "");
	put("include/config/auto.conf", "#\n# Linux/x86_64 6.12.9 Kernel Configuration\n#\n");
	put("include/generated/autoconf.h", "");
	put("drv/a.c", "");
	put("drv/sub/b.c", "");
	put("drvother/c.c", "");
	put("drv/notes.txt", "");
	return 0;
}

static int drop_tree(void **state)
{
	(void)state;
	nftw(top, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(top);
	return 0;
}

static void put_commands(void)
{
	char *text = xasprintf("[{\"directory\":\"%s\",\"file\":\"drvother/c.c\",\"command\":"
			       "\"gcc -DQ='\\\"c d\\\"' -c -o c.o drvother/c.c\"},"
			       "{\"directory\":\"%s/drv\",\"file\":\"../drv/./a.c\",\"arguments\":"
			       "[\"gcc\",\"-DSTUB\",\"-c\",\"-o\",\"stub-a.o\",\"../drv/./a.c\"]},"
			       "{\"directory\":\"%s\",\"file\":\"%s/drv/a.c\",\"arguments\":"
			       "[\"gcc\",\"-c\",\"-o\",\"drv/a.o\",\"%s/drv/a.c\"]},"
			       "{\"directory\":\"%s\",\"file\":\"drv/a.mod.c\",\"arguments\":"
			       "[\"gcc\",\"-c\",\"-o\",\"drv/a.mod.o\",\"drv/a.mod.c\"]},"
			       "{\"directory\":\"%s\",\"file\":\"drv/sub/b.c\",\"arguments\":"
			       "[\"gcc\",\"-c\",\"-o\",\"drv/sub/b.o\",\"drv/sub/b.c\"]}]",
			       top, top, top, top, top, top, top);

	put("compile_commands.json", text);
	free(text);
}

/* The files below `path` (NULL: all), "a.c b.c". */
static char *units(const char *path)
{
	char *paths[] = { (char *)path }, *out = xstrdup(""), *more;
	struct kernel_tree t;
	struct tu_list list;
	size_t i;

	kerneltree_open(&t, top, NULL);
	compdb_load(&t, paths, path != NULL, &list);
	for (i = 0; i < list.n; i++) {
		more = xasprintf("%s%s%s", out, i ? " " : "", list.tus[i].file);
		free(out);
		out = more;
	}
	compdb_free(&list);
	kerneltree_close(&t);
	return out;
}

static void check_units(const char *path, const char *expected)
{
	char *actual = units(path);

	assert_string_equal(actual, expected);
	free(actual);
}

/* units() must end with status 2 and one line that contains `message`. */
static void check_refused(const char *path, const char *message)
{
	char said[1024];
	int fd[2], status;
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (!pid) {
		dup2(fd[1], STDERR_FILENO);
		free(units(path));
		_exit(0);
	}
	close(fd[1]);
	while ((got = read(fd[0], said + n, sizeof(said) - 1 - n)) > 0)
		n += (size_t)got;
	close(fd[0]);
	waitpid(pid, &status, 0);
	said[n] = '\0';
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_ptr_equal(strchr(said, '\n'), said + n - 1);
	if (!strstr(said, message))
		fail_msg("expected \"%s\" in: %s", message, said);
}

static void tree_is_described(void **state)
{
	struct kernel_tree t;

	(void)state;
	kerneltree_open(&t, top, NULL);
	assert_string_equal(t.version, "6.12.9-rc1");
	assert_string_equal(t.arch, "x86");
	assert_string_equal(t.objdir, t.kdir);
	assert_false(t.clang);
	kerneltree_close(&t);
}

static void paths_select_units(void **state)
{
	char *absolute = xasprintf("%s/drv/", top);

	(void)state;
	put_commands();
	check_units(NULL, "drv/a.c drv/sub/b.c drvother/c.c");
	check_units(".", "drv/a.c drv/sub/b.c drvother/c.c");
	check_units("drv", "drv/a.c drv/sub/b.c");
	check_units("./drv//sub/../", "drv/a.c drv/sub/b.c");
	check_units("drv/a.c", "drv/a.c");
	check_units(absolute, "drv/a.c drv/sub/b.c");
	free(absolute);
}

static void bad_paths_are_refused(void **state)
{
	(void)state;
	put_commands();
	put("empty/x.h", "");
	check_refused("../drv", "outside of the kernel tree");
	check_refused("/", "outside of the kernel tree");
	check_refused("nothing", "no such file");
	check_refused("drv/notes.txt", "neither a directory nor a .c file");
	check_refused("empty", "empty: no translation unit of this configuration");
}

static void bad_trees_are_refused(void **state)
{
	(void)state;
	check_refused(NULL, "no compile commands");
	put("compile_commands.json", "[\n{,");
	check_refused(NULL, "compile_commands.json:2: ");
	put("compile_commands.json", "[{\"directory\":\"x\"}]");
	check_refused(NULL, "entry 0: expected an absolute \"directory\"");
	drop("include/generated/autoconf.h");
	check_refused(NULL, "is not prepared (no include/generated/autoconf.h)");
	drop(".config");
	check_refused(NULL, "is not configured (no .config)");
	put("Makefile", "all:\n");
	check_refused(NULL, "is not a kernel tree (no Makefile with VERSION");
	drop("Kconfig");
	check_refused(NULL, "is not a kernel tree (no Kconfig)");
}

static void first_own_object_is_the_unit(void **state)
{
	struct kernel_tree t;
	struct tu_list list;

	(void)state;
	put_commands();
	kerneltree_open(&t, top, NULL);
	compdb_load(&t, (char *[]){ "drv/a.c" }, 1, &list);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.tus[0].dir, top);
	assert_string_equal(list.tus[0].argv[0], "clang");
	assert_string_not_equal(list.tus[0].argv[1], "-DSTUB");
	compdb_free(&list);
	kerneltree_close(&t);
}

/* A makefile that tries to write when it is read, as kbuild's do. */
static void make_tells_commands_and_writes_nothing(void **state)
{
	static const char rules[] =
		"VERSION = 6\nPATCHLEVEL = 12\n"
		"$(shell mkdir -p made; echo > made/file; echo > drv/a.c)\n"
		"compile = $(CC) -D__KERNEL__ -DN='\"n m\"' -c -o $1.o $1.c\n"
		"%/: FORCE\n"
		"\tset -e; echo '  CC drv/a.o'; $(call compile,drv/a); fixdep a.d 'gcc -c' > x\n"
		"\tgcc -c -o drv/host.o drv/host.c; as -c -o drv/s.o drv/s.S\n"
		"\t$(call compile,scripts/empty); \\\n\t$(call compile,drv/sub/b)\nFORCE:\n";
	char *made = xasprintf("%s/made", top);

	(void)state;
	put("Makefile", rules);
	put("scripts/Makefile.build", "");
	check_refused("drv", "is not prepared (no include/generated/asm-offsets.h)");
	put("include/generated/asm-offsets.h", "");
	check_units("drv", "drv/a.c drv/sub/b.c");
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0)
		assert_int_not_equal(access(made, F_OK), 0);
	free(made);
}

static void check_words(const char *line, const char *expected)
{
	struct shell_words w = { 0 };
	char actual[256] = "";
	size_t i;

	words_open(&w, line);
	while (words_next(&w)) {
		for (i = 0; i < w.n; i++)
			strcat(strcat(strcat(actual, "["), w.v[i]), "]");
		strcat(actual, ";");
	}
	words_close(&w);
	assert_string_equal(actual, expected);
}

static void lines_are_split_as_sh_does(void **state)
{
	(void)state;
	check_words("a  b\tc", "[a][b][c];");
	check_words("a -DX='\"y z\"' \"q\\\"\\$\\n\" e\\ f ''",
		    "[a][-DX=\"y z\"][q\"$\\n][e f][];");
	check_words("set -e; a b&&(c;) || d 2>e", "[set][-e];[a][b];[c];[d][2];[e];");
	check_words("a 'it'\\''s' # b", "[a][it's];");
	check_words("a; b 'open", "[a];");
	check_words("", "");
}

static void gcc_options_are_left_out(void **state)
{
	char *in[] = { "gcc",
		       "-Wp,-MMD,a.d",
		       "-I./x",
		       "-include",
		       "k.h",
		       "-fconserve-stack",
		       "-fshort-wchar",
		       "-mpreferred-stack-boundary=3",
		       "--param",
		       "y=1",
		       "-Werror=all",
		       "-O2",
		       "-mabi=lp64",
		       "-c",
		       "-o",
		       "a.o",
		       "a.c",
		       NULL };
	static const char *const expected[] = {
		"clang", "-I./x",   "-include",		 "k.h", "-fshort-wchar",
		"-O2",	 "-target", "aarch64-linux-gnu", "-w",	"a.c"
	};
	struct compilation c;
	char **out;
	size_t i;

	(void)state;
	assert_true(ccargs_compilation(in, &c));
	assert_string_equal(c.source, "a.c");
	assert_string_equal(c.object, "a.o");
	assert_false(c.kernel);
	out = ccargs_for_clang(in, "arm64", c.source);
	for (i = 0; i < ARRAY_SIZE(expected); i++)
		assert_string_equal(out[i], expected[i]);
	assert_null(out[i]);
	free(out);
}

#define WITH_TREE(test) cmocka_unit_test_setup_teardown(test, make_tree, drop_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TREE(tree_is_described),
		WITH_TREE(paths_select_units),
		WITH_TREE(bad_paths_are_refused),
		WITH_TREE(bad_trees_are_refused),
		WITH_TREE(first_own_object_is_the_unit),
		WITH_TREE(make_tells_commands_and_writes_nothing),
		cmocka_unit_test(lines_are_split_as_sh_does),
		cmocka_unit_test(gcc_options_are_left_out),
	};

	return cmocka_run_group_tests_name("compdb", tests, NULL, NULL);
}
