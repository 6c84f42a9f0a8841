// SPDX-License-Identifier: GPL-2.0-only
/* main.c - the command line, and the stages from a kernel tree to a report. */
#include "analysis.h"
#include "series/baseline.h"
#include "commands.h"
#include "fix/fix.h"
#include "out/explain.h"
#include "out/finding.h"

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

static void warn_figures(const struct program *p)
{
	warn("%u racy, %u serialized, %u stable, %u unknown units; %u translation units, %u parsed now, %u failed; %u indirect calls unresolved; %.1f s",
	     count_verdicts(p, VERDICT_RACY), count_verdicts(p, VERDICT_SERIALIZED),
	     count_verdicts(p, VERDICT_STABLE), count_verdicts(p, VERDICT_UNKNOWN), p->stats.tus,
	     p->stats.tus - p->stats.reused, p->stats.failed, p->stats.calls_unresolved,
	     p->stats.seconds);
}

/* Findings that are not known to be there. */
static unsigned int count_findings(const struct program *p, const struct out_options *o)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += unit_is_finding(&p->verdicts[i]) && unit_state(o, i) != BASELINE_UNCHANGED;
	return n;
}

/* Exit status of an analysis: 0 nothing found, 1 findings, 2 something not analysed. */
static int program_status(const struct program *p, unsigned int findings)
{
	return p->nfailed ? 2 : findings ? 1 : 0;
}

static void write_baseline(const char *path, const struct program *p)
{
	struct baseline *b = baseline_of(p);
	struct output out;

	output_open(&out, path);
	baseline_write(out.f, b);
	output_commit(&out);
	baseline_free(b);
}

static int command_check(const struct options *o)
{
	struct out_options shown = o->out;
	struct baseline *known = o->baseline ? baseline_read(o->baseline) : NULL;
	uint8_t *states = NULL;
	struct analysis an;
	struct output out;
	int status;

	if (o->shards)
		return command_shard(o);
	analysis_make(&an, o, o->args, o->nargs);
	if (known) {
		states = baseline_states(known, &an.program);
		baseline_free(known);
	}
	shown.states = states;
	output_open(&out, o->output);
	shown.kdir = o->kdir;
	o->report(out.f, &an.program, &shown);
	output_commit(&out);
	if (o->write_baseline)
		write_baseline(o->write_baseline, &an.program);
	warn_failed(&an.program);
	warn_figures(&an.program);
	status = program_status(&an.program, count_findings(&an.program, &shown));
	free(states);
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
	status = fix_run(&an.program,
			 &(struct fix_options){
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
	  "PATHs are directories or .c files of the kernel tree; without any, all of it is checked.",
	  NULL },
	{ "explain", EXPLAIN, command_explain, "STRUCT[.FIELD] [PATH]...",
	  "show the storage units of a struct and every write to them", "PATHs are as for check.",
	  NULL },
	{ "fix", FIX, command_fix, "[STRUCT]... [PATH/]...", "make patches that split racy units",
	  "An argument with a slash is a path, as for check; without STRUCTs, all racy ones are fixed.",
	  NULL },
	{ "dump", DUMP, command_dump, "PATH...", "print the facts that the analysis starts from",
	  "PATHs are directories or .c files of the kernel tree.", NULL },
	{ "lint", LINT, command_lint, "(BASE..HEAD | --mbox=FILE) [PATH]...",
	  "report what a series of patches adds or makes worse",
	  "Looks at the directories that the series touches, or at the PATHs.", NULL },
	{ "prove", PROVE, command_prove, "STRUCT FIELD FIELD [PATH]...",
	  "write a program whose two threads lose updates of two fields",
	  "It does the same with the layout that fix plans. PATHs are as for check.", NULL },
	{ "merge", MERGE, command_merge, "-o FILE PART...",
	  "join databases that were filled with check --shard",
	  "The order of the PARTs does not matter.", NULL },
	{ "extract", EXTRACT, NULL, "ARGUMENT... FILE",
	  "keep the facts of a file that kbuild compiles",
	  "For kbuild: make C=1 CHECK='racybits extract'; it gives the arguments.",
	  command_extract },
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
		if (commands[i].run_raw && argc > 2 && !strcmp(argv[2], "--help")) {
			command_help(&commands[i]);
			return 0;
		}
		if (commands[i].run_raw)
			return commands[i].run_raw(argc - 1, argv + 1);
		options_parse(&o, &commands[i], argc - 1, argv + 1);
		return commands[i].run(&o);
	}
	die("unknown command '%s'; see racybits --help", argv[1]);
}
