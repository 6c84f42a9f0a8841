/* SPDX-License-Identifier: GPL-2.0-only */
/* commands.h - the subcommands: cmd_NAME.c has command_NAME(), which returns the exit status. */
#ifndef RACYBITS_CLI_COMMANDS_H
#define RACYBITS_CLI_COMMANDS_H

#include "options.h"

/* The exit status with which a command asks to be run once more, from the start; see sysexits.h. */
#define COMMAND_AGAIN 75

/* Options and arguments are described where main.c has the table of commands. */
int command_cache(const struct options *o);
int command_check(const struct options *given);
int command_diff(const struct options *o);
int command_dump(const struct options *o);
int command_explain(const struct options *o);
int command_fix(const struct options *o);
int command_lint(const struct options *given);
int command_merge(const struct options *o);
int command_model(const struct options *o);
int command_prove(const struct options *given);

/*
 * command_check() with --shard=K/N: stores the facts of a share of the translation units in --db and
 * judges nothing.
 */
int command_shard(const struct options *o);

/* Parses its own arguments, for kbuild gives it those of the compiler: argv[0] is "extract". */
int command_extract(int argc, char **argv);

/*
 * Prints the section of the manual, the doubt or the limit that `topic` names; "topics" lists all.  Dies,
 * and offers the nearest names, if there is none.
 */
void help_topic(const char *topic);

#endif
