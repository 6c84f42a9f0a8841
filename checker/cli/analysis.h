/* SPDX-License-Identifier: GPL-2.0-only */
/* analysis.h - the stages from a kernel tree to verdicts (room of main). */
#ifndef RACYBITS_ANALYSIS_H
#define RACYBITS_ANALYSIS_H

#include "tree/kerneltree.h"
#include "kernel/linuxmodel.h"
#include "options.h"
#include "base/overlay.h"

struct analysis {
	struct linux_model model;
	struct arena arena;
	struct program program; /* in the arena, but for the model */
};

/* Reads the model: the default files, then those of --model. */
void models_read(struct linux_model *m, const struct options *o);

/* Path of the header that is force-included into analysed code (malloc'd); dies if it is not installed. */
char *annotations_find(void);

/* What the database calls a tree: trees are kept apart, and builds of one tree; malloc'd. */
char *tree_name_for_store(const struct kernel_tree *tree);

/* The units below paths of the tree; what make says is kept in the database, if there is one. */
void tree_units(const struct kernel_tree *tree, const char *db, char *const *paths, size_t npaths,
		struct tu_list *tus);
/* The same, of paths outside of the tree, too: those of modules built there. */
void analysis_units(const struct kernel_tree *tree, const struct options *o, char *const *paths,
		    size_t npaths, struct tu_list *tus);

/*
 * From a kernel tree to verdicts; `paths` limit the translation units.  A path outside of the tree is that
 * of a module built there, whose facts are in the database (racybits extract).
 */
void analysis_make(struct analysis *an, const struct options *o, char *const *paths, size_t npaths);

/* The tree in another state than that of its files. */
struct view {
	const struct overlay *overlay; /* what is other; NULL: nothing */
	const char *overlay_file;      /* the same, as clang reads it, or NULL */
	const char *name, *other; /* of this state and of one that has many equal files: facts in
					* the database are kept by state, and shared */
};

/* The same for units at hand; `view` may be NULL. */
void analysis_of(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		 const struct tu_list *tus, const struct view *view);
void analysis_free(struct analysis *an);

/* Says on stderr that a file could not be analysed, and why. */
void warn_file_failed(const char *file, const char *reason);
/* The same of all of a program that failed: what the report cannot speak of. */
void warn_failed(const struct program *p);

#endif
