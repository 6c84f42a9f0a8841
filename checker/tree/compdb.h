/* SPDX-License-Identifier: GPL-2.0-only */
/* compdb.h - the translation units of a configured kernel and how each is compiled. */
#ifndef RACYBITS_COMPDB_H
#define RACYBITS_COMPDB_H

#include <stddef.h>
#include "base/model.h"
#include "kerneltree.h"

/*
 * Fills `out` with the tus at or below `paths`: directories or .c files, relative to KDIR or absolute;
 * without paths with all.  The commands come from `make -n`, so the tree need not be built; if make
 * prints none, from compile_commands.json in OBJDIR or KDIR.  Each file comes once, sorted by name,
 * with arguments fit for clang 19; a generated file has the name that it has in OBJDIR.  Host programs
 * and assembler are left out.  compdb_free() frees everything.
 *
 * Dies if a path does not exist or is outside of KDIR, if no path has a tu in this configuration, and
 * if there are no compile commands.  If only some paths have no tu, they are in out->absent, which
 * refers to the strings of `paths`.  If make reported an error, out->problem is the first: there may be
 * tus that it did not show.
 */
void compdb_load(const struct kernel_tree *t, char *const *paths, size_t npaths,
		 struct tu_list *out);
/*
 * The same, but it is no error if the paths have no tu in this configuration, or if there are no compile
 * commands.
 */
void compdb_load_any(const struct kernel_tree *t, char *const *paths, size_t npaths,
		     struct tu_list *out);

extern const char compdb_absent[]; /* why an absent path was not analysed, for messages */
/* Prints each absent path and the reason to stderr, and what make reported; returns their number. */
size_t compdb_warn_absent(const struct tu_list *list);
void compdb_free(struct tu_list *list);

#endif
