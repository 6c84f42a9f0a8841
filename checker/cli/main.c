// SPDX-License-Identifier: GPL-2.0-only
/* main.c - the table of subcommands, and the choice of one. */
#include <signal.h>

#include "base/tempdir.h"
#include "commands.h"
#include "out/clean.h"
#include "out/nearest.h"
#include "tree_options.h"

static const char findings[] =
	"  0  no findings\n"
	"  1  findings\n"
	"  2  it could not run, or a file could not be analysed; the rest is reported\n";

static int command_help_topic(int argc, char **argv);

static const struct subcommand commands[] = {
	{ .name = "check",
	  .flag = CHECK,
	  .run = command_check,
	  .args = "[PATH]...",
	  .summary = "report racy bitfields",
	  .detail =
		  "A PATH is a directory or a .c file of the kernel tree. Without one, checks all of it; for a\n"
		  "header, too, and reports the structs that it defines.",
	  .examples = "  racybits check -k ~/linux drivers/usb\n"
		      "  racybits check -k ~/linux --summary\n"
		      "  racybits check -k ~/linux --format=html -o report.html drivers/net\n",
	  .status = findings },
	{ .name = "explain",
	  .flag = EXPLAIN,
	  .run = command_explain,
	  .args = "STRUCT[.FIELD] [PATH]...",
	  .summary = "show the storage units of a struct and every write to them",
	  .detail = "PATHs are those of check. Without one, the facts of an earlier check answer.",
	  .examples = "  racybits explain -k ~/linux vfio_pci_core_device\n"
		      "  racybits explain -k ~/linux --pairs usb_hub.quiescing drivers/usb\n",
	  .status = findings },
	{ .name = "fix",
	  .flag = FIX,
	  .run = command_fix,
	  .args = "[STRUCT[.FIELD]]... [PATH/]...",
	  .summary = "make patches that split racy units",
	  .detail =
		  "An argument with a slash is a PATH as for check. Without a STRUCT, fixes all racy ones.",
	  .examples = "  racybits fix -k ~/linux -o patches drivers/vfio/\n"
		      "  racybits fix -k ~/linux --no-verify vfio_pci_core_device drivers/vfio/\n",
	  .status =
		  "  0  all patches are made and verified, or there is nothing to fix\n"
		  "  1  a struct is left as it is, stderr says why; the other patches are verified\n"
		  "  2  it could not run, a file could not be analysed, or a patch failed a step of verification\n" },
	{ .name = "dump",
	  .flag = DUMP,
	  .run = command_dump,
	  .args = "PATH...",
	  .summary = "print the facts that the analysis starts from, or what a pass made",
	  .detail = "A PATH is a directory or a .c file of the kernel tree.",
	  .examples = "  racybits dump -k ~/linux drivers/vfio/vfio_main.c\n"
		      "  racybits dump -k ~/linux --after=lockset drivers/vfio/vfio_main.c\n",
	  .status = "  0  all files are analysed\n"
		    "  2  it could not run, or a file could not be analysed\n" },
	{ .name = "lint",
	  .flag = LINT,
	  .run = command_lint,
	  .args = "(BASE..HEAD | --mbox=FILE) [PATH]...",
	  .summary = "report the findings that a series of patches adds or makes worse",
	  .detail =
		  "Analyses the whole configuration if check of the whole tree has kept its facts, else the\n"
		  "directories that the series may change the verdicts of, or the PATHs.",
	  .examples = "  racybits lint -k ~/linux origin/master..HEAD\n"
		      "  racybits lint -k ~/linux --terse --mbox=- <series.mbox\n",
	  .status =
		  "  0  the series adds no finding and makes none worse\n"
		  "  1  it does\n"
		  "  2  it could not run, or a file of the series was not analysed; the rest is reported\n" },
	{ .name = "diff",
	  .flag = DIFF,
	  .run = command_diff,
	  .args = "OLD.json NEW.json",
	  .summary = "compare two reports: which findings are new, worse, better and gone",
	  .detail = "Each is what check --format=json wrote, version 1 or 2.",
	  .examples = "  racybits check -k ~/linux --format=json -o new.json\n"
		      "  racybits diff old.json new.json\n",
	  .status = "  0  no finding is new or worse\n"
		    "  1  one is\n"
		    "  2  a report could not be read\n" },
	{ .name = "prove",
	  .flag = PROVE,
	  .run = command_prove,
	  .args = "STRUCT FIELD FIELD [PATH]...",
	  .summary = "write a program whose two threads lose updates of two fields",
	  .detail = "The program tries the layout that fix plans, too. PATHs are those of check.",
	  .examples =
		  "  racybits prove -k ~/linux -o race.c mlx5_vhca_page_tracker is_err object_changed drivers/vfio\n"
		  "  cc -O2 -pthread race.c && ./a.out\n",
	  .status = "  0  the program is written\n"
		    "  2  it could not run\n" },
	{ .name = "model",
	  .flag = MODEL,
	  .run = command_model,
	  .args = "[PATH]...",
	  .summary = "print the rules that the model files state, with file and line",
	  .detail = "PATHs are those of check; only --unused analyses anything.",
	  .examples = "  racybits model | grep mutex\n"
		      "  racybits model --unused -k ~/linux\n",
	  .status = "  0  the rules are printed\n"
		    "  2  it could not run; with --unused also: a file could not be analysed\n" },
	{ .name = "merge",
	  .flag = MERGE,
	  .run = command_merge,
	  .args = "-o FILE PART...",
	  .summary = "join databases that check --shard filled",
	  .detail = "The order of the PARTs does not matter.",
	  .examples = "  racybits merge -o all.db part1.db part2.db\n",
	  .status = "  0  the database is made\n"
		    "  2  it could not be made\n" },
	{ .name = "cache",
	  .flag = CACHE,
	  .run = command_cache,
	  .args = "[drop [KDIR]...]",
	  .summary = "list the facts that are kept of kernel trees, or drop them",
	  .detail = "Without a KDIR, drops those of all trees.",
	  .examples = "  racybits cache\n"
		      "  racybits cache drop ~/linux\n",
	  .status = "  0  they are listed, or dropped\n"
		    "  2  they could not be read or removed\n" },
	{ .name = "extract",
	  .flag = EXTRACT,
	  .run_raw = command_extract,
	  .args = "ARGUMENT... FILE",
	  .summary = "store the facts of a file that kbuild compiles",
	  .detail = "For kbuild, which adds the arguments: make C=1 CHECK='racybits extract'",
	  .examples = "  make -C ~/linux C=1 CHECK='racybits extract'\n"
		      "  make -C ~/linux C=2 CHECK='racybits extract' M=~/module\n",
	  .status = "  0  the facts of FILE, or the reason why it cannot be analysed, are stored\n"
		    "  2  nothing could be stored\n" },
	{ .name = "help",
	  .flag = HELP,
	  .run_raw = command_help_topic,
	  .args = "[TOPIC]",
	  .summary = "explain a command, a section of the manual, a doubt or a limit",
	  .detail = "Lists the TOPICs there are for the topic \"topics\".",
	  .examples = "  racybits help topics\n"
		      "  racybits help confidence\n",
	  .status = "  0  the TOPIC is explained\n"
		    "  2  there is no such TOPIC\n" },
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

static const struct subcommand *command_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(name, commands[i].name))
			return &commands[i];
	return NULL;
}

/* Dies, with the nearest commands or, for an option, the place where it belongs. */
_Noreturn static void die_unknown_command(const char *name)
{
	struct nearest near = { .wanted = name };
	size_t i;

	if (*name == '-')
		die("option %s comes after the command; see racybits --help", clean(name));
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		nearest_add(&near, str_intern(commands[i].name));
	nearest_die(&near, "unknown command", "see racybits --help");
}

static int command_help_topic(int argc, char **argv)
{
	const struct subcommand *c = argc > 1 ? command_find(argv[1]) : NULL;

	if (argc < 2)
		usage();
	else if (c)
		command_help(c);
	else
		help_topic(argv[1]);
	return 0;
}

struct command_call {
	const struct subcommand *command;
	struct options options;
};

static int command_call(void *ctx)
{
	struct command_call *call = ctx;

	/* (lint takes those of the tree before the series) */
	if (call->command->flag & JUDGE && call->command->flag != LINT)
		tree_options_take(&call->options);
	return call->command->run(&call->options);
}

static int command_run(const struct subcommand *c, int argc, char **argv)
{
	struct command_call call = { .command = c };
	int status;

	if (!c->run_raw) {
		options_parse(&call.options, c, argc, argv);
		status = tempdir_run(command_call, &call);
		return status == COMMAND_AGAIN ? tempdir_run(command_call, &call) : status;
	}
	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		command_help(c);
		return 0;
	}
	return c->run_raw(argc, argv);
}

int main(int argc, char **argv)
{
	const struct subcommand *command;

	/* So that a write past the size limit of files fails, and is reported, as on a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	if (argc < 2)
		die("which command? see racybits --help");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		usage();
		return 0;
	}
	if (!strcmp(argv[1], "--version")) {
		puts("racybits " RACYBITS_VERSION);
		return 0;
	}
	command = command_find(argv[1]);
	if (!command)
		die_unknown_command(argv[1]);
	return command_run(command, argc - 1, argv + 1);
}
