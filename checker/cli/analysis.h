/* SPDX-License-Identifier: GPL-2.0-only */
/* analysis.h - the pipeline from a kernel tree to verdicts. */
#ifndef RACYBITS_CLI_ANALYSIS_H
#define RACYBITS_CLI_ANALYSIS_H

#include "base/overlay.h"
#include "base/process.h"
#include "kernel/linuxmodel.h"
#include "options.h"
#include "tree/kerneltree.h"

struct extraction;
struct store;

/* A judged program; analysis_free() frees all of it. */
struct analysis {
	struct linux_model model;
	struct arena arena; /* has all of `program` but the model */
	struct program program;
	const char *kdir;   /* absolute path of the tree */
	const char *config; /* "x86 for clang, in OBJDIR" */
	uint64_t key;	    /* of its verdicts, see verdicts_key(); 0: they are not to be kept */
};

/*
 * Analyses the translation units (tus) below `paths` (npaths == 0: all of the tree o->kdir) and
 * judges their storage units.  A path outside of the tree is that of a module whose facts are in
 * o->db (racybits extract).  A tu that cannot be analysed is in program.failed; dies (status 2) if
 * there is nothing to analyse.  Facts are kept between runs, see cache_use().
 */
void analysis_make(struct analysis *an, const struct options *given, char *const *paths,
		   size_t npaths);
/* A state of the tree whose files are not all those of the work tree. */
struct view {
	const struct overlay *overlay; /* the files that differ; NULL: none */
	const char *overlay_file;      /* the same, written by overlay_write(), or NULL */
	const char *name;	       /* the database keeps facts of each state apart */
	const char *other; /* name of another state whose facts are used like those of the work
			    * tree; NULL: none */
	const struct args *readable; /* see struct extraction */
	const struct args *files;    /* absolute paths of files, or NULL, ... */
	bool *read;		     /* ... and which of them were read: set to true, or left */
	/* Is called once all facts are in the store; true: the verdicts are known, or not asked for, and
	 * facts need not be loaded.  NULL: no call. */
	bool (*known)(void *ctx, struct store *s, struct analysis *an, const struct tu_list *tus);
	void *ctx;
	/* Is called in place of extract_stale(), with the name of `other` in the database.  NULL: no call. */
	size_t (*extract)(void *extracting, const struct extraction *x, const char *other,
			  const struct tu_list *tus);
	void *extracting;
};

/* The last stages of analysis_make(), for tus at hand; `view` may be NULL: the work tree. */
void analysis_of_tus(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		     const struct tu_list *tus, const struct view *view);
/*
 * The same in three steps: parse and load; judge; add to program.failed the paths in which nothing is
 * built, and what make did not show.  analysis_load() returns false if the program is not to be judged:
 * o->loaded() returned false, view->known() true, or the verdicts of an earlier run are taken.
 */
bool analysis_load(struct analysis *an, const struct options *o, const struct kernel_tree *tree,
		   const struct tu_list *tus, const struct view *view);
void analysis_judge(struct analysis *an, const struct options *o);
void analysis_add_absent(struct analysis *an, const struct tu_list *tus);
void analysis_free(struct analysis *an);

/* Exit status of an analysis: 2 if something was not analysed, else 1 if there are findings, else 0. */
int analysis_status(const struct program *p, unsigned int findings);

/* Names on stderr each file that was not analysed, and why. */
void analysis_warn_failed(const struct program *p);

#endif
