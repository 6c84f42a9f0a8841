/* SPDX-License-Identifier: GPL-2.0-only */
/* tree_path.h - names of files in a kernel tree. */
#ifndef RACYBITS_TREE_PATH_H
#define RACYBITS_TREE_PATH_H

#include <stdbool.h>
#include "kerneltree.h"

/*
 * The name of a file in the tree, relative to OBJDIR or KDIR, whichever is nearer, for a path as
 * written in a command that runs in the directory `dir`.  NULL if it is in neither.  The caller frees
 * it.
 */
char *tree_name(const struct kernel_tree *t, const char *dir, const char *path);
/*
 * The same for a path that a user gives, relative to KDIR or to the current directory if that is in the
 * tree: the one that exists counts; if both do, KDIR's, or the current directory's if the tree was
 * found from there.  Without an existing file the name is that below KDIR.  NULL if it is outside.
 */
char *tree_name_given(const struct kernel_tree *t, const char *path);
/* Is there a file or directory of this name in KDIR or OBJDIR? */
bool tree_has(const struct kernel_tree *t, const char *name);
/* The rest of `path` below the directory `dir`, "." for `dir` itself; NULL if it is not below it. */
const char *path_below(const char *dir, const char *path);

#endif
