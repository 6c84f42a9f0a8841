/* SPDX-License-Identifier: GPL-2.0-only */
/* commands.h - subcommands with a file of their own (room of main). */
#ifndef RACYBITS_COMMANDS_H
#define RACYBITS_COMMANDS_H

#include "options.h"

/*
 * `racybits extract [--db FILE] ARGUMENT... FILE`, as kbuild runs CHECK: keeps the facts of a file of the
 * kernel in the database (--db, $RACYBITS_DB, else .racybits.db in the build directory or the module's
 * own).  Prints nothing.  Returns the exit status: 0 also when the file could not be parsed; of a file
 * that is not the kernel's the syntax is checked, 2 and a line with "error" if it is not understood.
 */
int command_extract(int argc, char **argv);

/* `racybits dump`: returns the exit status, 2 if a file could not be analysed. */
int command_dump(const struct options *o);

/* The units of --shard, all without it; the caller frees `tus`, the strings are those of `all`. */
struct tu_list share_of(const struct tu_list *all, const struct options *o);

/*
 * `racybits check --shard=K/N`: brings the facts of a share of the units up to date in --db, judges
 * nothing, and returns 0.
 */
int command_shard(const struct options *o);

/* `racybits merge`: makes one database of several (db_merge.h) and returns 0. */
int command_merge(const struct options *o);

/* `racybits lint`: returns the exit status, 1 if the series adds or worsens a finding. */
int command_lint(const struct options *o);

/* `racybits prove`: writes a program that shows lost updates, and returns 0; 2 if a file was not analysed. */
int command_prove(const struct options *o);

#endif
