/* SPDX-License-Identifier: GPL-2.0-only */
/* compdb.h - the translation units of a configured kernel, and how each is compiled. */
#ifndef RACYBITS_COMPDB_H
#define RACYBITS_COMPDB_H

#include <stddef.h>
#include "kerneltree.h"
#include "base/model.h"

/*
 * Fills `out` with the units below `paths`: directories or .c files, relative to
 * KDIR or absolute below it; npaths == 0 is everything.  Commands come from `make
 * -n`, so the tree need not be built, else from compile_commands.json in OBJDIR
 * or KDIR.  Each file comes once, in order of file names, with arguments fit for
 * clang 19; a generated file has the name it has in OBJDIR.  Host programs and
 * assembler are left out.  Everything is malloc'd, compdb_free() frees it.
 *
 * Dies (status 2, one line) if a path does not exist or leads out of KDIR, if none of them has a unit
 * in this configuration, and if no compile commands can be had.  Paths without unit beside others that
 * have some are left to the caller, in `absent`: their text is that of `paths`.
 */
void compdb_load(const struct kernel_tree *t, char *const *paths, size_t npaths,
		 struct tu_list *out);
/* The same, but a directory in which this configuration builds nothing is fine. */
void compdb_load_any(const struct kernel_tree *t, char *const *paths, size_t npaths,
		     struct tu_list *out);
extern const char compdb_absent[]; /* what is wrong with an absent path */
/* Names the absent paths on stderr; returns how many. */
size_t compdb_warn_absent(const struct tu_list *list);
void compdb_free(struct tu_list *list);
/*
 * Stands for all that compdb_load() depends on but the paths: while it is the same, so is the answer.  Not
 * noticed: a makefile that asks whether some other file exists.
 */
uint64_t compdb_key(const struct kernel_tree *t);

/*
 * The name of a file in the tree, relative to OBJDIR or KDIR, whichever is nearer, for a path as written
 * in a command that runs in the directory `dir`; NULL if it is in neither.  The caller frees it.
 */
char *compdb_name(const struct kernel_tree *t, const char *dir, const char *path);

#endif
