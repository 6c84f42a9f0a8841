/* SPDX-License-Identifier: GPL-2.0-only */
/* command_line.h - the command that makes a report again. */
#ifndef RACYBITS_CLI_COMMAND_LINE_H
#define RACYBITS_CLI_COMMAND_LINE_H

#include "options.h"

/*
 * `racybits check` for the tree at `kdir`, with the options and paths that decide what a report says:
 * not with those for its format, its file, databases and jobs.  Quoted for a POSIX shell; the caller
 * frees it.
 */
char *command_line(const struct options *o, const char *kdir);

#endif
