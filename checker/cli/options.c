// SPDX-License-Identifier: GPL-2.0-only
/* options.c - the command line of the subcommands: one table for parsing and help. */
#include <errno.h>
#include <getopt.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/color.h"
#include "base/names.h"
#include "options.h"
#include "fix/files.h"
#include "fix/fix.h"
#include "link/dump.h"
#include "out/formats.h"
#include "out/memstream.h"
#include "out/text.h"

/* Values of options without a short form; the others have the letter as their value. */
enum {
	OPT_POLICY = 256,
	OPT_FORMAT,
	OPT_MODEL,
	OPT_DB,
	OPT_ALL,
	OPT_PAIRS,
	OPT_CONFIDENCE,
	OPT_ANEW,
	OPT_NO_TREE_OPTIONS,
	OPT_MAX,
	OPT_SUMMARY,
	OPT_COLOR,
	OPT_TIMING,
	OPT_STRATEGY,
	OPT_NO_VERIFY,
	OPT_GROW,
	OPT_NO_PCH,
	OPT_NO_CACHE,
	OPT_SHARD,
	OPT_MBOX,
	OPT_TERSE,
	OPT_UNBUILT,
	OPT_BASELINE,
	OPT_WRITE_BASELINE,
	OPT_HTML,
	OPT_GRAMMAR,
	OPT_UNUSED,
	OPT_AFTER,
	OPT_HELP
};

static const struct option_text {
	unsigned int commands; /* enum command_flag of those that take it */
	int value;
	const char *name; /* long form; NULL: there is a letter only */
	const char *arg;  /* name of its argument; NULL: takes none */
	const char *help;
} option_texts[] = {
	{ ALL, 'k', NULL, "KDIR",
	  "the kernel tree (default: the one around the current directory)" },
	{ ALL, 'O', NULL, "OBJDIR", "where it is built, if not in KDIR" },
	{ JUDGE | DUMP, 'j', NULL, "N", "worker processes (default: one per processor)" },
	{ ALL & ~(FIX | PROVE), 'o', NULL, "FILE",
	  "write the report there (default: standard output)" },
	{ CHECK, OPT_HTML, "html", "FILE", "write the report as a page for a browser there, too" },
	{ DIFF, 'o', NULL, "FILE", "write the comparison there (default: standard output)" },
	{ PROVE, 'o', NULL, "FILE", "write the program there (default: standard output)" },
	{ FIX, 'o', NULL, "DIR", "write patches and scripts there (default: .)" },
	{ JUDGE & ~MODEL, OPT_POLICY, "policy", "lifetime|strict",
	  "split all fields written at runtime (default), or as few as end all conflicts" },
	{ CHECK | LINT, OPT_FORMAT, "format", report_names,
	  "format of the report (default: text)" },
	{ JUDGE | DUMP, OPT_MODEL, "model", "FILE",
	  "more facts about kernel APIs; may be repeated" },
	{ JUDGE | DUMP | EXTRACT, OPT_DB, "db", "FILE",
	  "keep facts there, not in the cache of the user" },
	{ MERGE, 'o', NULL, "FILE", "the database to make" },
	{ CHECK, OPT_SHARD, "shard", "K/N",
	  "only store the facts of the K-th of N shares of the files in --db; see merge" },
	{ DUMP, OPT_AFTER, "after", "PASS",
	  "print what that pass of the analysis made, not the facts; ?: list the passes" },
	{ DUMP, OPT_SHARD, "shard", "K/N", "print every N-th file, beginning with the K-th" },
	{ JUDGE, OPT_NO_CACHE, "no-cache", NULL,
	  "neither use facts of earlier runs nor keep those of this one" },
	{ CHECK | EXPLAIN | FIX, OPT_ANEW, "anew", NULL,
	  "judge again, though the verdicts on the same facts are kept from an earlier run" },
	{ JUDGE, OPT_NO_TREE_OPTIONS, "no-tree-options", NULL,
	  "take no options from the file .racybits of the tree" },
	{ JUDGE | DUMP, OPT_NO_PCH, "no-pch", NULL,
	  "parse without precompiled headers: slower, same result" },
	{ CHECK, OPT_ALL, "all", NULL, "report stable units, too" },
	{ CHECK | LINT | DIFF, OPT_CONFIDENCE, "confidence", "high|medium|low",
	  "report findings that are at least as sure (default: medium)" },
	{ CHECK | LINT, OPT_MAX, "max", "N", "show the N best findings; the others are counted" },
	{ CHECK, OPT_SUMMARY, "summary", NULL,
	  "print a table of the findings by subsystem (of MAINTAINERS) and confidence" },
	{ JUDGE | DUMP | DIFF, OPT_COLOR, "color", "auto|always|never",
	  "colours (default: on a terminal, unless NO_COLOR is set)" },
	{ EXPLAIN, OPT_PAIRS, "pairs", NULL,
	  "list every pair of writers, and what speaks against each" },
	{ CHECK, OPT_TIMING, "timing", NULL, "state in JSON how many seconds it took" },
	{ FIX, OPT_STRATEGY, "strategy", "auto|split|separate|bitops|remove|lock",
	  "give each field storage of its own, shared by those of one lock where there is no hole (default: auto), use atomic bit operations, remove unread fields, or take the lock" },
	{ FIX, OPT_GROW, "allow-growth", NULL,
	  "make patches that make a struct larger, too, if it has no hole" },
	{ FIX, OPT_NO_VERIFY, "no-verify", NULL,
	  "make the patches, but neither build nor check the result" },
	{ CHECK, OPT_BASELINE, "baseline", "FILE",
	  "mark the findings of that baseline; only others make the exit status 1" },
	{ CHECK, OPT_WRITE_BASELINE, "write-baseline", "FILE",
	  "write a baseline of all findings there" },
	{ LINT, OPT_MBOX, "mbox", "FILE",
	  "lint the patches of a mail or mailbox, applied to HEAD (-: standard input)" },
	{ MODEL, OPT_GRAMMAR, "grammar", NULL, "print what statements a model file may have" },
	{ MODEL, OPT_UNUSED, "unused", NULL,
	  "analyse the PATHs and print the rules that name nothing in them" },
	{ LINT, OPT_TERSE, "terse", NULL, "report one line a finding" },
	{ LINT, OPT_UNBUILT, "unbuilt", "fail|ignore",
	  "what to do about a changed file that this configuration does not build (default: exit with 2)" },
	{ ALL | EXTRACT | MERGE | HELP | CACHE | DIFF, 'h', NULL, NULL, "" },
	{ ALL | EXTRACT | MERGE | HELP | CACHE | DIFF, OPT_HELP, "help", NULL,
	  "print this and exit; also -h" },
};

void command_help(const struct subcommand *c)
{
	char left[64];
	size_t i;

	printf("Usage: racybits %s [OPTION]... %s\n%c%s.\n%s\n\n", c->name, c->args,
	       c->summary[0] - 'a' + 'A', c->summary + 1, c->detail);
	for (i = 0; i < ARRAY_SIZE(option_texts); i++) {
		const struct option_text *t = &option_texts[i];

		if (!(t->commands & c->flag) || !*t->help)
			continue;
		if (t->name)
			snprintf(left, sizeof(left), "--%s%s%s", t->name, t->arg ? "=" : "",
				 t->arg ? t->arg : "");
		else
			snprintf(left, sizeof(left), "-%c %s", t->value, t->arg);
		printf("  %-26s %s\n", left, t->help);
	}
	printf("\nExamples:\n%s\nExit status:\n%s", c->examples, c->status);
}

static unsigned int parse_number(const char *option, const char *s, long max)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (errno || !*s || *end || n < 1 || n > max)
		die("%s%s: expected a number from 1 to %ld", option, s, max);
	return (unsigned int)n;
}

/* One of the words of a "a|b|c"; returns its index. */
static unsigned int parse_word(const char *option, const char *s, const char *words)
{
	size_t n = strlen(s);
	unsigned int i = 0;
	const char *at;

	for (at = words; at; at = strchr(at, '|'), at = at ? at + 1 : NULL, i++)
		if (n && !strncmp(at, s, n) && (!at[n] || at[n] == '|'))
			return i;
	die("--%s=%s: expected %s", option, s, words);
}

static void parse_shard(struct options *o, const char *s)
{
	char rest;

	if (sscanf(s, "%u/%u%c", &o->shard, &o->shards, &rest) != 2 || !o->shard ||
	    o->shard > o->shards)
		die("--shard=%s: expected K/N, K from 1 to N", s);
}

/* Parses one of two words; true for the second. */
static bool parse_choice(const char *option, const char *s, const char *no, const char *yes)
{
	if (strcmp(s, no) && strcmp(s, yes))
		die("--%s=%s: expected %s or %s", option, s, no, yes);
	return !strcmp(s, yes);
}

static enum strategy parse_strategy(const char *s)
{
	static const char *const names[] = {
		[STRATEGY_AUTO] = "auto",	  [STRATEGY_SPLIT] = "split",
		[STRATEGY_SEPARATE] = "separate", [STRATEGY_BITOPS] = "bitops",
		[STRATEGY_REMOVE] = "remove",	  [STRATEGY_LOCK] = "lock"
	};
	unsigned int i = 0;

	while (i < ARRAY_SIZE(names) && strcmp(s, names[i]) != 0)
		i++;
	if (i == ARRAY_SIZE(names))
		die("--strategy=%s: expected auto, split, separate, bitops, remove or lock", s);
	return i;
}

static uint32_t parse_confidence(const char *s)
{
	uint32_t i;

	for (i = CONF_LOW; i <= CONF_HIGH; i++)
		if (!strcmp(s, confidence_name(i)))
			return i;
	die("--confidence=%s: expected high, medium or low", s);
}

static report_fn *parse_format(const char *s)
{
	report_fn *report = report_find(s);

	if (!report)
		die("--format=%s: expected %s", s, report_names);
	return report;
}

/* The pass with that name.  Prints all of them and exits for "?". */
static const struct dump_pass *parse_pass(const char *s)
{
	const struct dump_pass *found = dump_pass_find(s), *p;
	struct memstream t;
	FILE *f;

	if (!strcmp(s, "?")) {
		for (p = dump_passes; p->name; p++)
			printf("%-15s %s\n", p->name, p->shows);
		exit(0);
	}
	if (found)
		return found;
	f = memstream_open(&t);
	for (p = dump_passes; p->name; p++)
		fprintf(f, "%s%s", p == dump_passes ? "" : "|", p->name);
	die("--after=%s: expected %s", s, memstream_close(&t));
}

/* The member that an option without an argument sets, or NULL. */
static bool *option_flag(struct options *o, int value)
{
	switch (value) {
	case OPT_ALL:
		return &o->out.all;
	case OPT_PAIRS:
		return &o->pairs;
	case OPT_SUMMARY:
		return &o->summary;
	case OPT_ANEW:
		return &o->anew;
	case OPT_NO_TREE_OPTIONS:
		return &o->no_tree_options;
	case OPT_TIMING:
		return &o->out.timing;
	case OPT_GROW:
		return &o->grow;
	case OPT_NO_VERIFY:
		return &o->no_verify;
	case OPT_NO_CACHE:
		return &o->no_cache;
	case OPT_NO_PCH:
		return &o->plain;
	case OPT_TERSE:
		return &o->terse;
	case OPT_GRAMMAR:
		return &o->grammar;
	case OPT_UNUSED:
		return &o->unused;
	default:
		return NULL;
	}
}

/* The member that takes the argument of an option as it is, or NULL. */
static const char **option_string(struct options *o, int value)
{
	switch (value) {
	case 'k':
		return &o->kdir;
	case 'O':
		return &o->objdir;
	case 'o':
		return &o->output;
	case OPT_DB:
		return &o->db;
	case OPT_MBOX:
		return &o->mbox;
	case OPT_BASELINE:
		return &o->baseline;
	case OPT_WRITE_BASELINE:
		return &o->write_baseline;
	case OPT_HTML:
		return &o->html;
	default:
		return NULL;
	}
}

/* An option whose argument has to be understood. */
static void option_read(struct options *o, const struct subcommand *c, int value)
{
	switch (value) {
	case 'j':
		o->jobs = parse_number("-j ", optarg, 1024);
		break;
	case OPT_MAX:
		o->max = parse_number("--max=", optarg, 1000000);
		break;
	case OPT_COLOR:
		color_set(parse_word("color", optarg, "auto|always|never"));
		break;
	case OPT_POLICY:
		o->strict = parse_choice("policy", optarg, "lifetime", "strict");
		break;
	case OPT_FORMAT:
		o->report = parse_format(optarg);
		break;
	case OPT_CONFIDENCE:
		o->confidence = parse_confidence(optarg);
		break;
	case OPT_MODEL:
		*vec_add(o->models, o->nmodels, o->models_cap) = optarg;
		break;
	case OPT_STRATEGY:
		o->strategy = parse_strategy(optarg);
		break;
	case OPT_SHARD:
		parse_shard(o, optarg);
		break;
	case OPT_UNBUILT:
		o->unbuilt = parse_choice("unbuilt", optarg, "fail", "ignore");
		break;
	case OPT_AFTER:
		o->after = parse_pass(optarg);
		break;
	case 'h':
	case OPT_HELP:
		command_help(c);
		exit(0);
	}
}

static void option_apply(struct options *o, const struct subcommand *c, int value)
{
	bool *flag = option_flag(o, value);
	const char **string = option_string(o, value);
	size_t i;

	if (flag)
		*flag = true;
	else if (string)
		*string = optarg;
	else
		option_read(o, c, value);
	for (i = 0; i < ARRAY_SIZE(option_texts); i++)
		if (option_texts[i].value == value)
			o->given |= UINT64_C(1) << i;
}

/* Can it neither name a file nor run a program? */
static bool may_be_of_tree(int value)
{
	static const int harmless[] = { OPT_POLICY, OPT_CONFIDENCE, OPT_MAX,
					OPT_ALL,    OPT_PAIRS,	    OPT_UNBUILT,
					OPT_TERSE,  OPT_STRATEGY,   OPT_GROW };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(harmless); i++)
		if (harmless[i] == value)
			return true;
	return false;
}

enum tree_option options_of_tree(struct options *o, const char *name, const char *value, bool try)
{
	const struct option_text *t = NULL;
	size_t i;

	_Static_assert(ARRAY_SIZE(option_texts) <= 64, "options.given has a bit for each");
	for (i = 0; i < ARRAY_SIZE(option_texts) && !t; i++)
		if (option_texts[i].name && !strcmp(option_texts[i].name, name))
			t = &option_texts[i];
	if (!t)
		return TREE_OPTION_UNKNOWN;
	if (!may_be_of_tree(t->value))
		return TREE_OPTION_REFUSED;
	if (!t->arg != !value)
		return TREE_OPTION_VALUE;
	if (!(t->commands & o->command->flag) || o->given >> (t - option_texts) & 1)
		return TREE_OPTION_LEFT;
	if (!try) {
		optarg = (char *)value;
		option_apply(o, o->command, t->value);
	}
	return TREE_OPTION_SET;
}

/* Makes getopt_long()'s tables of the options that the command takes. */
static void option_tables(const struct subcommand *c, char *letters, struct option *names)
{
	size_t i;

	*letters++ = ':';
	for (i = 0; i < ARRAY_SIZE(option_texts); i++) {
		const struct option_text *t = &option_texts[i];

		if (!(t->commands & c->flag))
			continue;
		if (t->name) {
			*names++ = (struct option){ t->name,
						    t->arg ? required_argument : no_argument, NULL,
						    t->value };
		} else {
			*letters++ = (char)t->value;
			if (t->arg)
				*letters++ = ':';
		}
	}
	*letters = '\0';
}

static unsigned int processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 1024 ? 1024 : (unsigned int)n;
}

/* Dies if both options name one file, of which one is written.  NULL and "-" name none. */
static void files_differ(const char *a, const char *path_a, const char *b, const char *path_b)
{
	struct stat st;

	if (!path_a || !path_b || !strcmp(path_a, "-") || !strcmp(path_b, "-"))
		return;
	if (!stat(path_a, &st) && !S_ISREG(st.st_mode))
		return;
	if (same_file(path_a, path_b))
		die("%s %s: %s names the same file: name another", a, path_a, b);
}

/* Dies if a file is to be written that another option reads or writes. */
static void check_files(const struct options *o, const struct subcommand *c)
{
	const char *output = c->flag == FIX ? NULL : o->output;
	size_t i;

	files_differ("-o", output, "--db", o->db);
	files_differ("-o", output, "--baseline", o->baseline);
	files_differ("-o", output, "--write-baseline", o->write_baseline);
	files_differ("-o", output, "--html", o->html);
	files_differ("--html", o->html, "--db", o->db);
	files_differ("--html", o->html, "--baseline", o->baseline);
	files_differ("--html", o->html, "--write-baseline", o->write_baseline);
	files_differ("-o", output, "--mbox", o->mbox);
	files_differ("--write-baseline", o->write_baseline, "--db", o->db);
	files_differ("--db", o->db, "--baseline", o->baseline);
	files_differ("--db", o->db, "--mbox", o->mbox);
	for (i = 0; i < o->nmodels; i++) {
		files_differ("-o", output, "--model", o->models[i]);
		files_differ("--write-baseline", o->write_baseline, "--model", o->models[i]);
		files_differ("--html", o->html, "--model", o->models[i]);
		files_differ("--db", o->db, "--model", o->models[i]);
	}
}

/* Dies, before any work is done, if a file cannot be read or written. */
static void check_paths(const struct options *o, const struct subcommand *c)
{
	if (c->flag == FIX)
		directory_check(o->output ? o->output : ".");
	else
		output_check(o->output);
	output_check(o->write_baseline);
	output_check(o->html);
	if (o->mbox && strcmp(o->mbox, "-") && access(o->mbox, R_OK))
		die("cannot read %s:", o->mbox);
}

void options_parse(struct options *o, const struct subcommand *c, int argc, char **argv)
{
	struct option names[ARRAY_SIZE(option_texts) + 1] = { 0 };
	char letters[2 * ARRAY_SIZE(option_texts) + 2];
	int value;

	*o = (struct options){
		.jobs = processors(), .report = text_report, .confidence = CONF_MEDIUM, .command = c
	};
	option_tables(c, letters, names);
	opterr = 0;
	while ((value = getopt_long(argc, argv, letters, names, NULL)) != -1) {
		if (value == ':')
			die("%s needs an argument; see racybits %s --help", argv[optind - 1],
			    c->name);
		if (value == '?' && optopt > 0 && optopt < 256)
			die("unknown option -%c; see racybits %s --help", optopt, c->name);
		if (value == '?')
			die("%s option %s; see racybits %s --help",
			    optopt ? "no value is taken by" : "unknown", argv[optind - 1], c->name);
		option_apply(o, c, value);
	}
	o->args = argv + optind;
	o->nargs = (size_t)(argc - optind);
	check_files(o, c);
	check_paths(o, c);
}
