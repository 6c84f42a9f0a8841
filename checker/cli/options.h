/* SPDX-License-Identifier: GPL-2.0-only */
/* options.h - the command line of the subcommands. */
#ifndef RACYBITS_CLI_OPTIONS_H
#define RACYBITS_CLI_OPTIONS_H

#include "out/report.h"

/* A bit for each subcommand, for the table of options; JUDGE: those that run the analysis. */
enum command_flag {
	CHECK = 1,
	EXPLAIN = 2,
	DUMP = 4,
	FIX = 16,
	LINT = 32,
	EXTRACT = 64,
	MERGE = 128,
	PROVE = 256,
	MODEL = 512,
	HELP = 1024,
	CACHE = 2048,
	DIFF = 4096,
	JUDGE = CHECK | EXPLAIN | FIX | LINT | PROVE | MODEL,
	ALL = JUDGE | DUMP
};

struct dump_pass;
struct link_watch;

struct options {
	const char *kdir;		/* -k, or NULL: the tree around the current directory */
	const char *objdir;		/* -O, or NULL */
	const char *output;		/* -o, or NULL: standard output */
	const char *db;			/* --db, or NULL: facts are not kept */
	unsigned int jobs;		/* -j, or the number of processors; at least 1 */
	bool no_cache;			/* --no-cache */
	bool cached;			/* `db` is in the cache, see cache.h; not an option */
	bool strict;			/* --policy=strict */
	report_fn *report;		/* of --format=; text_report unless given */
	unsigned int strategy;		/* enum strategy, of --strategy= */
	bool grow;			/* --allow-growth */
	bool no_verify;			/* --no-verify */
	bool plain;			/* --no-pch */
	const struct dump_pass *after;	/* dump --after=PASS, or NULL */
	const struct link_watch *watch; /* is told of each pass; not an option */
	/* Is called with the program before it is judged, and may die; false: it need not be judged.
	 * NULL: no call; not an option. */
	bool (*loaded)(const struct options *o, const struct program *p);
	/* Returns for each record, in an array from the arena, whether it is asked for; NULL: all
	 * are.  NULL: no call; not an option. */
	const bool *(*asked)(const struct options *o, const struct program *p, struct arena *a);
	unsigned int shard, shards; /* --shard=SHARD/SHARDS; 0: all of it */
	const char *mbox;	    /* --mbox, or NULL */
	bool terse;		    /* --terse */
	bool unbuilt;		    /* --unbuilt=ignore */
	const char *baseline;	    /* --baseline, or NULL */
	const char *write_baseline; /* --write-baseline, or NULL */
	const char *html;	    /* --html, or NULL */
	struct out_options out;
	unsigned int max;    /* --max=: findings shown; 0: all */
	bool summary;	     /* --summary */
	bool pairs;	     /* --pairs */
	uint32_t confidence; /* --confidence=: the least enum confidence of findings shown */
	bool grammar;	     /* --grammar */
	bool unused;	     /* --unused */
	const char **models; /* of --model, in order */
	size_t nmodels, models_cap;
	char **args; /* what is no option */
	size_t nargs;
	bool no_tree_options;		  /* --no-tree-options */
	uint64_t given;			  /* bit by row of the table of options; not an option */
	const struct subcommand *command; /* not an option */
	bool anew;			  /* --anew */
	bool shown; /* verdicts of an earlier run do, if all that they depend on is the same; not an option */
	bool facts; /* facts are asked for beside verdicts, of functions as they are written; not an option */
	const char *
		named; /* the structs that `asked` is about, as a key; NULL: args[0]; not an option */
};

struct subcommand {
	const char *name;
	unsigned int flag;		       /* enum command_flag, its own */
	int (*run)(const struct options *o);   /* returns the exit status */
	int (*run_raw)(int argc, char **argv); /* in place of `run`: parses its arguments itself */
	const char *args;		       /* as in "racybits NAME [OPTION]... ARGS" */
	const char *summary;  /* verb first, lower case, for the list of commands */
	const char *detail;   /* sentences about its arguments */
	const char *examples; /* command lines, each indented by two */
	const char *status;   /* lines that explain the exit statuses */
};

/* Prints the help of the command: usage, options, exit status. */
void command_help(const struct subcommand *c);

/*
 * Fills in *o from argv[1] on; its strings are those of argv.  --help prints the help and exits with
 * 0.  Dies on an option that the command does not take and on a bad value.
 */
void options_parse(struct options *o, const struct subcommand *c, int argc, char **argv);

/* What became of an option that a tree asks for. */
enum tree_option {
	TREE_OPTION_SET,
	TREE_OPTION_LEFT,    /* the command does not take it, or it was given on the command line */
	TREE_OPTION_UNKNOWN, /* there is none of that name */
	TREE_OPTION_REFUSED, /* a tree may not set it: it names a file or a directory, for one */
	TREE_OPTION_VALUE    /* it takes an argument and has none, or has one and takes none */
};
/*
 * Sets the option `name`, without "--", to `value` (NULL: none), which must outlive *o, as far as a tree may set it;
 * with `try`, only says what would become of it.  Dies on a bad value.
 */
enum tree_option options_of_tree(struct options *o, const char *name, const char *value, bool try);

#endif
