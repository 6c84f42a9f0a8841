// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_extract.c - `racybits extract`: store the facts of a file that kbuild compiles.
 *
 * kbuild runs it in place of sparse: CHECKFLAGS, the compiler's flags, the file.  It prints nothing, and a
 * file that cannot be analysed does not end the build: `check` will report it.
 */
#include <unistd.h>

#include "commands.h"
#include "datafile.h"
#include "extract.h"
#include "facts/factmsg.h"
#include "out/clean.h"
#include "base/pool.h"
#include "store/put.h"
#include "translation_units.h"
#include "tree/ccargs.h"
#include "tree/compdb.h"
#include "tree/tree_path.h"

struct extract_request {
	struct tu tu;
	struct front_options front;
	struct buf facts;
};

/* --- the command line */

/* The word before the compiler's flags (scripts/Makefile.lib, c_flags); those of sparse come first. */
static char **compiler_flags(char **argv)
{
	char **at;

	for (at = argv; *at; at++)
		if (!strncmp(*at, "-Wp,-M", 6))
			return at - 1;
	return argv;
}

static bool is_kernel_source(char **argv, const char *file)
{
	for (; *argv; argv++)
		if (!strcmp(*argv, "-D__KERNEL__"))
			return name_ends_in(file, ".c");
	return false;
}

/* --- the tree, by the variables that the top Makefile exports */

static const char *exported(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : ".";
}

/* $RACYBITS_DB, else a file in the directory of the module or of the build; malloc'd. */
static char *default_database(const struct kernel_tree *tree)
{
	const char *db = getenv("RACYBITS_DB"), *module = getenv("KBUILD_EXTMOD");

	if (db && *db)
		return xstrdup(db);
	return xasprintf("%s/.racybits.db", module && *module ? module : tree->objdir);
}

static char *current_directory(void)
{
	char *dir = get_current_dir_name();

	if (!dir)
		die("cannot find the current directory:");
	return dir;
}

/* --- the analysis, in a worker process, which may crash */

static void work(size_t job, struct buf *reply, void *ctx)
{
	const struct extract_request *r = ctx;
	struct tu_facts facts;
	struct sink sink;
	char *reason = NULL;

	(void)job;
	facts_sink_init(&sink, &facts, reply);
	if (front_extract(&r->tu, &r->front, &sink, &reason))
		facts_fail(&facts, reason);
	facts_sink_free(&facts);
	free(reason);
}

static void done(size_t job, const unsigned char *data, size_t n, const char *failure, void *ctx)
{
	struct extract_request *r = ctx;
	struct tu_facts facts;
	struct sink sink;

	(void)job;
	if (!failure) {
		buf_add(&r->facts, data, n);
		return;
	}
	facts_sink_init(&sink, &facts, &r->facts);
	facts_fail(&facts, failure);
	facts_sink_free(&facts);
}

static void extract_facts(struct extract_request *r)
{
	const struct pool_job job = { .work = work, .done = done, .ctx = r };

	setenv("NO_COLOR", "1", 1); /* no progress line between those of make */
	pool_run(1, 1, &job, NULL);
}

/* --- commands */

/*
 * Checks a file that is not of the kernel: kbuild asks whether CHECK understands C (scripts/checker-valid.sh).
 * Prints a line with "error" and returns 2 if it does not.
 */
static int check_syntax(char **argv, const char *file)
{
	struct tu tu = { .file = (char *)file, .dir = current_directory() };
	const struct front_options front = { .kdir = tu.dir };
	const struct sink sink = { 0 };
	char **flags = ccargs_for_clang(argv, "", file), *reason = NULL;
	size_t i, n = 0, cap = 0;
	int status;

	for (i = 0; flags[i]; i++) {
		if (!flags[i + 1]) {
			*vec_add(tu.argv, n, cap) = "-x";
			*vec_add(tu.argv, n, cap) = "c";
		}
		*vec_add(tu.argv, n, cap) = flags[i];
	}
	*vec_add(tu.argv, n, cap) = NULL;
	status = front_extract(&tu, &front, &sink, &reason);
	if (status)
		warn("error: %s", clean(reason));
	free(reason);
	free(tu.argv);
	free(flags);
	free(tu.dir);
	return status ? 2 : 0;
}

/* Analyses a file of the kernel and stores its facts, or why there are none. */
static int store_facts(char **argv, const char *file, const char *db)
{
	char *annotations = annotations_find(), *name, *path;
	struct extract_request r = { .tu = { .dir = current_directory() } };
	int64_t started = store_now();
	struct kernel_tree tree;
	struct store *store;

	kerneltree_open_building(&tree, exported("srctree"), exported("objtree"));
	r.tu.file = tree_name(&tree, r.tu.dir, file);
	if (!r.tu.file)
		r.tu.file = realpath(file, NULL);
	if (!r.tu.file)
		die("cannot open %s:", file);
	r.tu.argv = ccargs_for_clang(compiler_flags(argv), tree.arch, file);
	r.front = (struct front_options){ .kdir = tree.kdir, .annotations = annotations };
	extract_facts(&r);
	path = db ? xstrdup(db) : default_database(&tree);
	name = tree_store_name(&tree);
	store = store_open_shared(path, name, started);
	store_put(store, &r.tu, extract_key(annotations), tree.kdir, r.facts.data, r.facts.n);
	store_close(store);
	free(name);
	free(path);
	free(r.facts.data);
	free(r.tu.argv);
	free(r.tu.file);
	free(r.tu.dir);
	kerneltree_close(&tree);
	free(annotations);
	return 0;
}

int command_extract(int argc, char **argv)
{
	const char *db = NULL, *file = argv[argc - 1];
	int i = 1;

	if (i < argc && !strncmp(argv[i], "--db=", 5)) {
		db = argv[i++] + 5;
	} else if (i + 1 < argc && !strcmp(argv[i], "--db")) {
		db = argv[i + 1];
		i += 2;
	}
	if (i >= argc || *file == '-')
		die("extract: which file? kbuild gives it: make C=1 CHECK='racybits extract'");
	if (!is_kernel_source(argv + i, file))
		return check_syntax(argv + i - 1, file);
	return store_facts(argv + i - 1, file, db);
}
