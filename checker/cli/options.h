/* SPDX-License-Identifier: GPL-2.0-only */
/* options.h - the command line of the subcommands. */
#ifndef RACYBITS_OPTIONS_H
#define RACYBITS_OPTIONS_H

#include "out/report.h"

/* Who takes an option; JUDGE: those that run the analysis. */
enum command_flag {
	CHECK = 1,
	EXPLAIN = 2,
	DUMP = 4,
	FIX = 16,
	LINT = 32,
	EXTRACT = 64,
	MERGE = 128,
	PROVE = 256,
	JUDGE = CHECK | EXPLAIN | FIX | LINT | PROVE,
	ALL = JUDGE | DUMP
};

struct options {
	const char *kdir;	    /* -k, or "." */
	const char *objdir;	    /* -O, or NULL */
	const char *output;	    /* -o, or NULL: standard output */
	const char *db;		    /* --db, or NULL: facts are not kept */
	unsigned int jobs;	    /* -j, or the number of processors; at least 1 */
	bool strict;		    /* --policy=strict */
	report_fn *report;	    /* of --format=; text_report unless given */
	bool bitops;		    /* --strategy=bitops */
	bool no_verify;		    /* --no-verify */
	bool plain;		    /* --no-pch */
	unsigned int shard, shards; /* --shard=SHARD/SHARDS; 0: all of it */
	const char *mbox;	    /* --mbox, or NULL */
	bool terse;		    /* --terse */
	const char *baseline;	    /* --baseline, or NULL */
	const char *write_baseline; /* --write-baseline, or NULL */
	struct out_options out;
	const char **models; /* of --model, in order */
	size_t nmodels, models_cap;
	char **args; /* what is no option */
	size_t nargs;
};

struct command {
	const char *name;
	unsigned int flag;		       /* enum command_flag, its own */
	int (*run)(const struct options *o);   /* returns the exit status */
	const char *args;		       /* as in "racybits NAME [OPTION]... ARGS" */
	const char *summary;		       /* what it does, for the list of commands */
	const char *detail;		       /* a sentence about its arguments */
	int (*run_raw)(int argc, char **argv); /* in place of run: parses its own arguments */
};

/* Prints the help of the command: its arguments and options. */
void command_help(const struct command *c);

/*
 * Fills `o` from argv[1] on; strings are those of argv.  Prints the help and exits
 * with 0 on --help; dies on an option that `c` does not take and on a bad value.
 */
void options_parse(struct options *o, const struct command *c, int argc, char **argv);

#endif
