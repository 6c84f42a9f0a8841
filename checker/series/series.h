/* SPDX-License-Identifier: GPL-2.0-only */
/* series.h - what a series of patches changes, told by git without touching the repository (lint room). */
#ifndef RACYBITS_SERIES_H
#define RACYBITS_SERIES_H

#include "base/overlay.h"
#include "base/process.h"

enum series_state { BEFORE, AFTER, STATES };

/* A file whose content in one state is not that of the work tree. */
struct content {
	char *path;   /* relative to the tree */
	char *object; /* its blob; NULL: in this state there is no such file */
};

struct contents {
	struct content *v; /* sorted by path */
	size_t n, cap;
	struct overlay *overlay;
};

/* Lines `first` to `last` of a file, in the state AFTER. */
struct added {
	str file;
	uint32_t first, last;
};

struct patch_series {
	const char *kdir;      /* top of the git work tree, absolute */
	const char *dir;       /* for files of ours */
	char *objects;	       /* the repository's */
	char *index;	       /* a copy of its index */
	char *commits[STATES]; /* or trees */
	struct contents states[STATES];
	struct args touched; /* files that the series changes, sorted */
	struct added *added;
	size_t nadded, added_cap;
};

/*
 * Finds out what the commits `range` ("BASE..HEAD": what HEAD has since it left BASE) change in the
 * git work tree at `kdir` (its top, absolute).  Whatever is written goes to the directory `dir`, which
 * must outlive the series: objects, a copy of the index, the contents of files.  Dies (status 2,
 * one line) if it is not a git tree or there is no such range.
 */
void series_of_range(struct patch_series *s, const char *kdir, const char *dir, const char *range);

/*
 * The same for the patches in a mail or mailbox (`file`; "-" is standard input), as applied on HEAD.
 * Nothing in a mail is trusted: names may not lead out of the tree (git refuses them), nothing of it
 * is run, and it may have 256 MB.  Dies if there is no patch in it or one does not apply: says which
 * and where.
 */
void series_of_mail(struct patch_series *s, const char *kdir, const char *dir, const char *file);
void series_free(struct patch_series *s);

/* Is the file `path`, relative to the tree, there in that state?  in_tree: it is in the work tree. */
bool series_has(const struct patch_series *s, enum series_state state, const char *path,
		bool in_tree);
/* Does the series add, or change, the line? */
bool series_adds(const struct patch_series *s, const struct loc *at);

/* --- shared by the files of the room (git.c, mail.c) */

/* Starts git's argument list for the series' repository; git_run() runs and frees it. */
void git_args(const struct patch_series *s, struct args *args, const char *command);
void git_run(struct result *r, struct args *args);
/* Runs it, dies with git's own message and `what` was to be done if it fails. */
void git_must(struct result *r, struct args *args, const char *what);
/* The one line that it prints, or NULL if it fails; the caller frees it. */
char *git_line(struct args *args);
/* Opens the repository: everything that is written goes to s->dir from now on. */
void git_open(struct patch_series *s);
/* `text` up to its first newline, without control characters, for messages; the caller frees it. */
char *plain_line(const char *text);
/* Applies the patches of the file to HEAD; returns the resulting tree (malloc'd). */
char *mail_apply(struct patch_series *s, const char *file);

#endif
