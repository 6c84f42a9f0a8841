/* SPDX-License-Identifier: GPL-2.0-only */
/* series.h - what a series of patches changes, told by git without touching the repository. */
#ifndef RACYBITS_SERIES_SERIES_H
#define RACYBITS_SERIES_SERIES_H

#include "base/git.h"
#include "base/overlay.h"

enum series_state { BEFORE, AFTER, STATES };

/* A file that differs between one state and the work tree. */
struct content {
	char *path; /* relative to the tree */
	char *object; /* name of its blob; NULL: in this state it is no regular file, or is not there */
	bool executable;
};

struct contents {
	struct content *v; /* sorted by path */
	size_t n, cap;
	struct overlay *overlay;
};

/* Filled in by series_of_range() or series_of_mail(); series_free() frees it. */
struct patch_series {
	const char *kdir; /* top of the git work tree, absolute */
	const char *dir;  /* a temporary directory */
	const char
		*base; /* directory that shows the tree BEFORE, for make: kdir, or a mirror of it */
	struct git git;
	char *index;		   /* path of a copy of the repository's index */
	char *commits[STATES];	   /* names of commits, or of trees */
	struct args touched;	   /* files that the series changes, sorted */
	struct added_lines *added; /* in the state AFTER, sorted */
	size_t nadded, added_cap;
	struct contents states[STATES];
};

/*
 * Finds out what the commits of `range`, "BASE..HEAD", change: those that HEAD has since it left BASE.
 * `kdir` is the top of a git work tree, absolute.  All that git writes goes to the directory `dir`,
 * which must outlive the series.  Dies (status 2, one line) if there is no such tree or range.
 */
void series_of_range(struct patch_series *s, const char *kdir, const char *dir, const char *range);
/*
 * The same for the patches of a mail or mailbox (`file`; "-": standard input), applied to HEAD.  A mail
 * is not trusted: git refuses names that lead out of the tree, nothing of it is run, and it may have
 * 256 MB.  Dies if there is no patch in it or one does not apply: says which, and where.
 */
void series_of_mail(struct patch_series *s, const char *kdir, const char *dir, const char *file);
void series_free(struct patch_series *s);

/*
 * Is the file `path`, relative to the tree, there in that state?  `in_tree`: it is in the work tree,
 * which is the answer for a file that does not differ from it.
 */
bool series_has(const struct patch_series *s, enum series_state state, const char *path,
		bool in_tree);
/* Does the series add or change the line at `at`? */
bool series_adds(const struct patch_series *s, const struct loc *at);
/* The file with the content that `path`, relative to the tree, has in that state; the caller frees it. */
char *series_content(const struct patch_series *s, enum series_state state, const char *path);
/*
 * From here on the series does not change touched.v[i]: both states have the content that it has in
 * `state`, and no line of it is added.  Removes it from s->touched.
 */
void series_leave(struct patch_series *s, size_t i, enum series_state state);

#endif
