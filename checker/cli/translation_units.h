/* SPDX-License-Identifier: GPL-2.0-only */
/* translation_units.h - which translation units (tus) a command analyses. */
#ifndef RACYBITS_CLI_TRANSLATION_UNITS_H
#define RACYBITS_CLI_TRANSLATION_UNITS_H

#include "base/process.h"
#include "options.h"
#include "tree/kerneltree.h"

/*
 * The key of a tree in a database: one database keeps facts of several trees, and of several builds
 * of one tree, apart.  The caller frees it.
 */
char *tree_store_name(const struct kernel_tree *tree);

/*
 * Adds the paths of an earlier run on this tree, whose tus and facts are in the database `db`: none for all
 * of the tree, which is preferred, else those of the last run.  False if there was no run.
 */
bool tus_kept_paths(const struct kernel_tree *tree, const char *db, struct args *paths);
/*
 * Are the facts of all the tree in o->db, and those of all tus that are not below `paths` fresh?  Then to
 * analyse all of it takes no parsing but that of the paths.
 */
bool tus_kept_all(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		  size_t npaths);
/*
 * The tus below `paths` (directories or .c files; npaths == 0: all) of the tree.  If there is a
 * database (`db`, else NULL), what make said is kept there and used while no makefile changes.
 * compdb_free() frees the list.  Dies as compdb_load() does.
 */
void tus_of_tree(const struct kernel_tree *tree, const char *db, char *const *paths, size_t npaths,
		 struct tu_list *tus);
/*
 * The same for paths of which some may be those of modules outside of the tree: the tus of a module
 * are those that `racybits extract` put into o->db when it was built.  Dies if it has none, or one
 * that has changed since.
 */
void tus_of_paths(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		  size_t npaths, struct tu_list *tus);

/*
 * The tus of --shard=K/N: every N-th, beginning with the K-th, for neighbours take about the same
 * time; all of them without --shard.  The caller frees `tus` of the list; all else belongs to `all`.
 */
struct tu_list tus_share(const struct tu_list *all, const struct options *o);

/* Says on stderr that a tu was not analysed, and why. */
void tu_warn_failed(const char *file, const char *reason);

#endif
