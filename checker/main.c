// SPDX-License-Identifier: GPL-2.0-only
/* main.c - the command line, and the stages from a kernel tree to a report. */
#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "compdb.h"
#include "dump.h"
#include "facts.h"
#include "fix.h"
#include "front.h"
#include "kerneltree.h"
#include "layout.h"
#include "link.h"
#include "linuxmodel.h"
#include "options.h"
#include "out.h"
#include "pool.h"
#include "store.h"

/* --- data files */

/* Finds a file of ours beside the program, or where it was installed; caller frees; NULL: none. */
static char *data_file(const char *name)
{
	char exe[PATH_MAX], *path;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n > 0) {
		exe[n] = '\0';
		*strrchr(exe, '/') = '\0';
		path = xasprintf("%s/checker/%s", exe, name);
		if (!access(path, R_OK))
			return path;
		free(path);
	}
	path = xasprintf("%s/%s", RACYBITS_DATADIR, name);
	if (!access(path, R_OK))
		return path;
	free(path);
	return NULL;
}

static void models_read(struct linux_model *m, const struct options *o)
{
	char *path = data_file("linux.model");
	size_t i;

	if (path)
		linuxmodel_read(m, path);
	else if (!o->nmodels)
		die("no linux.model in checker/ beside the program nor in %s; give --model FILE",
		    RACYBITS_DATADIR);
	for (i = 0; i < o->nmodels; i++)
		linuxmodel_read(m, o->models[i]);
	free(path);
}

static char *annotations_find(void)
{
	char *path = data_file("annotations.h");

	if (!path)
		die("no annotations.h in checker/ beside the program nor in %s; install it there",
		    RACYBITS_DATADIR);
	return path;
}

/* --- extraction: facts of what is new or has changed, by worker processes */

struct extraction {
	const struct kernel_tree *tree;
	struct store *store;
	struct front_options front;
	uint64_t key; /* tool_key() */
	const struct tu **jobs;
	size_t njobs, jobs_cap;
};

static void extract_work(size_t job, struct buf *reply, void *ctx)
{
	const struct extraction *x = ctx;
	struct tu_facts facts;
	struct sink sink;
	char *reason = NULL;

	facts_sink_init(&sink, &facts, reply);
	if (front_extract(x->jobs[job], &x->front, &sink, &reason))
		facts_fail(&facts, reason);
	facts_sink_free(&facts);
	free(reason);
}

static void extract_done(size_t job, const unsigned char *data, size_t n, const char *failure,
			 void *ctx)
{
	const struct extraction *x = ctx;

	if (failure)
		store_put_failed(x->store, x->jobs[job], failure);
	else
		store_put(x->store, x->jobs[job], x->key, x->tree->kdir, data, n);
}

static const char *extract_label(size_t job, void *ctx)
{
	const struct extraction *x = ctx;

	return x->jobs[job]->file;
}

/* Facts depend on what extracts them: this very program and the header it brings. */
static uint64_t tool_key(const char *annotations)
{
	static const char front[] =
#include "front.inc"
		;
	uint64_t key = hash_string(HASH_SEED, front);
	size_t bytes;
	char *text = read_file(annotations, &bytes);

	if (!text)
		die("cannot read %s:", annotations);
	key = hash_bytes(key, text, bytes);
	free(text);
	return key;
}

static void extract(struct extraction *x, const struct tu_list *tus, unsigned int workers)
{
	const struct pool_job job = {
		.work = extract_work, .done = extract_done, .label = extract_label, .ctx = x
	};
	size_t i;

	for (i = 0; i < tus->n; i++)
		if (!store_fresh(x->store, &tus->tus[i], x->key))
			*vec_add(x->jobs, x->njobs, x->jobs_cap) = &tus->tus[i];
	pool_run(workers, x->njobs, &job, NULL);
}

/* --- the stages */

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The database keeps trees apart, and builds of one tree. */
static struct store *tree_store(const struct kernel_tree *tree, const char *db)
{
	char *name = xasprintf("%s\n%s", tree->kdir, tree->objdir);
	struct store *s = store_open(db, name);

	free(name);
	return s;
}

struct analysis {
	struct linux_model model;
	struct arena arena;
	struct program program; /* in the arena, but for the model */
};

/* From a kernel tree to verdicts; `paths` limit the translation units. */
static void analysis_make(struct analysis *an, const struct options *o, char *const *paths,
			  size_t npaths)
{
	char *annotations = annotations_find();
	struct extraction x = { .key = tool_key(annotations) };
	struct program *p = &an->program;
	struct kernel_tree tree;
	struct tu_list tus;
	double start = seconds_now();
	size_t i;

	memset(an, 0, sizeof(*an));
	models_read(&an->model, o);
	kerneltree_open(&tree, o->kdir, o->objdir);
	compdb_load(&tree, paths, npaths, &tus);
	x.tree = &tree;
	x.front = (struct front_options){ .kdir = tree.kdir, .annotations = annotations };
	x.store = tree_store(&tree, o->db);
	extract(&x, &tus, o->jobs);
	store_load(x.store, &tus, p, &an->arena);
	for (i = 0; i < p->nrecords; i++)
		layout_units(&p->records[i], &an->arena);
	p->model = &an->model;
	p->strict = o->strict;
	p->stats.reused = (uint32_t)(tus.n - x.njobs);
	snprintf(p->kernel, sizeof(p->kernel), "%s", tree.version);
	link_program(p, &an->arena);
	p->stats.seconds = seconds_now() - start;
	store_close(x.store);
	compdb_free(&tus);
	kerneltree_close(&tree);
	free(x.jobs);
	free(annotations);
}

static void analysis_free(struct analysis *an)
{
	arena_free(&an->arena);
	linuxmodel_free(&an->model);
}

/* --- commands */

/* What `fix` analyses, and does again on a changed copy. */
struct fix_request {
	const struct options *options;
	char **paths;
	size_t npaths;
};

static unsigned int count_verdicts(const struct program *p, enum verdict verdict)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += p->verdicts[i].verdict == verdict;
	return n;
}

/* What the report cannot speak of. */
static void warn_failed(const struct program *p)
{
	size_t i;

	for (i = 0; i < p->nfailed; i++)
		warn("%s: not analysed: %s", clean(p->failed[i].file), clean(p->failed[i].reason));
}

static void warn_figures(const struct program *p)
{
	warn("%u racy, %u serialized, %u stable, %u unknown units; %u translation units, %u failed; %.1f s",
	     count_verdicts(p, VERDICT_RACY), count_verdicts(p, VERDICT_SERIALIZED),
	     count_verdicts(p, VERDICT_STABLE), count_verdicts(p, VERDICT_UNKNOWN), p->stats.tus,
	     p->stats.failed, p->stats.seconds);
}

static unsigned int count_findings(const struct program *p)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += unit_is_finding(&p->verdicts[i]);
	return n;
}

/* Exit status of an analysis: 0 nothing found, 1 findings, 2 something not analysed. */
static int program_status(const struct program *p, unsigned int findings)
{
	return p->nfailed ? 2 : findings ? 1 : 0;
}

static int command_check(const struct options *o)
{
	struct out_options shown = o->out;
	struct analysis an;
	struct output out;
	int status;

	analysis_make(&an, o, o->args, o->nargs);
	output_open(&out, o->output);
	shown.kdir = o->kdir;
	o->report(out.f, &an.program, &shown);
	output_commit(&out);
	warn_failed(&an.program);
	warn_figures(&an.program);
	status = program_status(&an.program, count_findings(&an.program));
	analysis_free(&an);
	return status;
}

static int command_explain(const struct options *o)
{
	struct analysis an;
	struct output out;
	unsigned int findings;
	int status;

	if (!o->nargs)
		die("explain: which struct? see racybits explain --help");
	analysis_make(&an, o, o->args + 1, o->nargs - 1);
	warn_failed(&an.program);
	explain_require(&an.program, o->args[0]);
	output_open(&out, o->output);
	findings = explain_report(out.f, &an.program, o->args[0]);
	output_commit(&out);
	status = program_status(&an.program, findings);
	analysis_free(&an);
	return status;
}

/* Facts of the named files, without pool or store. */
static int command_dump(const struct options *o)
{
	char *annotations = annotations_find(), *reason;
	struct front_options front;
	struct kernel_tree tree;
	struct tu_list tus;
	struct output out;
	struct sink sink;
	int status = 0;
	size_t i;

	if (!o->nargs)
		die("dump: which files? see racybits dump --help");
	kerneltree_open(&tree, o->kdir, o->objdir);
	compdb_load(&tree, o->args, o->nargs, &tus);
	front = (struct front_options){ .kdir = tree.kdir, .annotations = annotations };
	output_open(&out, o->output);
	dump_sink_init(&sink, out.f);
	for (i = 0; i < tus.n; i++) {
		if (!front_extract(&tus.tus[i], &front, &sink, &reason))
			continue;
		warn("%s: not analysed: %s", clean(tus.tus[i].file), clean(reason));
		free(reason);
		status = 2;
	}
	output_commit(&out);
	compdb_free(&tus);
	kerneltree_close(&tree);
	free(annotations);
	return status;
}

/* Judges a changed copy of the tree as the tree was. */
static void judge_again(void *ctx, const char *kdir, const char *objdir, struct program *p,
			struct arena *a)
{
	const struct fix_request *request = ctx;
	struct options o = *request->options;
	struct analysis an;

	o.kdir = kdir;
	o.objdir = objdir;
	analysis_make(&an, &o, request->paths, request->npaths);
	*p = an.program;
	*a = an.arena;
}

/* Those with a slash are paths, the others names of structs. */
static void fix_arguments(const struct options *o, struct fix_request *request, char ***names,
			  size_t *nnames)
{
	size_t i, names_cap = 0, paths_cap = 0;

	for (i = 0; i < o->nargs; i++) {
		if (strchr(o->args[i], '/'))
			*vec_add(request->paths, request->npaths, paths_cap) = o->args[i];
		else
			*vec_add(*names, *nnames, names_cap) = o->args[i];
	}
}

static int command_fix(const struct options *o)
{
	struct fix_request request = { .options = o };
	struct kernel_tree tree;
	struct analysis an;
	char **names = NULL;
	size_t nnames = 0;
	int status;

	fix_arguments(o, &request, &names, &nnames);
	kerneltree_open(&tree, o->kdir, o->objdir);
	analysis_make(&an, o, request.paths, request.npaths);
	warn_failed(&an.program);
	status = fix_run(&an.program, &(struct fix_options){
					      .kdir = tree.kdir,
					      .objdir = tree.objdir,
					      .arch = tree.arch,
					      .kernel = tree.version,
					      .clang = tree.clang,
					      .out = o->output ? o->output : ".",
					      .jobs = o->jobs,
					      .strategy = o->bitops ? STRATEGY_BITOPS : STRATEGY_SPLIT,
					      .verify = !o->no_verify,
					      .names = names,
					      .nnames = nnames,
					      .paths = request.paths,
					      .npaths = request.npaths,
					      .judge = judge_again,
					      .ctx = &request,
				      });
	if (an.program.nfailed)
		status = 2;
	analysis_free(&an);
	kerneltree_close(&tree);
	free(request.paths);
	free(names);
	return status;
}

static const struct command commands[] = {
	{ "check", CHECK, command_check, "[PATH]...", "report racy bitfields",
	  "PATHs are directories or .c files of the kernel tree; without any, all of it is checked." },
	{ "explain", EXPLAIN, command_explain, "STRUCT[.FIELD] [PATH]...",
	  "show the storage units of a struct and every write to them", "PATHs are as for check." },
	{ "fix", FIX, command_fix, "[STRUCT]... [PATH/]...",
	  "make patches that split racy units",
	  "An argument with a slash is a path, as for check; without STRUCTs, all racy ones are fixed." },
	{ "dump", DUMP, command_dump, "PATH...", "print the facts that the analysis starts from",
	  "PATHs are directories or .c files of the kernel tree." },
};

static void usage(void)
{
	size_t i;

	printf("Usage: racybits COMMAND [OPTION]... [ARG]...\n"
	       "Find bitfields of the Linux kernel whose stores race with those of their neighbours.\n\n");
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].summary);
	printf("\n  --help     print this and exit; after a command: its options\n"
	       "  --version  print the version and exit\n");
}

int main(int argc, char **argv)
{
	struct options o;
	size_t i;

	if (argc < 2)
		die("which command? see racybits --help");
	if (!strcmp(argv[1], "--help")) {
		usage();
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("racybits " RACYBITS_VERSION);
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(argv[1], commands[i].name))
			continue;
		options_parse(&o, &commands[i], argc - 1, argv + 1);
		return commands[i].run(&o);
	}
	die("unknown command '%s'; see racybits --help", argv[1]);
}
