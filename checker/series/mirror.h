/* SPDX-License-Identifier: GPL-2.0-only */
/* mirror.h - one state of the tree as a directory, for make. */
#ifndef RACYBITS_SERIES_MIRROR_H
#define RACYBITS_SERIES_MIRROR_H

#include "series.h"

/*
 * Differs the state from the work tree in a file that make may read or run: in any that is not C,
 * assembler, devicetree or documentation?
 */
bool mirror_needed(const struct patch_series *s, enum series_state state);
/*
 * Makes the directory `to` show the tree in that state: links to the work tree, but for the files that
 * differ.  A file that is not there in that state, or is no regular file, is left out, and so is .git.
 */
void mirror_make(const struct patch_series *s, enum series_state state, const char *to);

#endif
