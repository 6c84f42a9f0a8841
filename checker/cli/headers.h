/* SPDX-License-Identifier: GPL-2.0-only */
/* headers.h - headers as PATHs of check: all of the tree is analysed, their structs are reported. */
#ifndef RACYBITS_CLI_HEADERS_H
#define RACYBITS_CLI_HEADERS_H

#include "base/process.h"
#include "options.h"

/*
 * If the PATHs are headers, adds their names in the tree to `names` and returns true.  Dies if there are
 * other PATHs beside them, or if one is not in the tree.
 */
bool headers_asked(const struct options *o, struct args *names);
/* Leaves only the verdicts on records that are defined in one of the files. */
void headers_keep(struct program *p, const struct args *names);

#endif
