/* SPDX-License-Identifier: GPL-2.0-only */
/* tree_options.h - options that a tree asks for, in its file .racybits. */
#ifndef RACYBITS_CLI_TREE_OPTIONS_H
#define RACYBITS_CLI_TREE_OPTIONS_H

#include "options.h"

extern const char tree_options_file[]; /* its name, ".racybits" */

/*
 * Takes the options of the tree that `o` names, if it has the file: those that were not given on the command line, and
 * that neither name a file nor run a program, for the tree need not be trusted.  Says on stderr what it took.  Dies,
 * with file and line, on anything else than options, comments and blank lines.
 */
void tree_options_take(struct options *o);
/* The same of one file, called `name` in messages; one that is not there has none. */
void tree_options_take_of(struct options *o, const char *path, const char *name);

#endif
