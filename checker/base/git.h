/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * git.h - git commands.  On a repository that is not ours: nothing in it is changed, and no program that
 * its configuration names is run.  (Commands that convert or compare text need --no-textconv and
 * --no-ext-diff besides.)  On one that is ours: the configuration of user and system has no effect.
 */
#ifndef RACYBITS_GIT_H
#define RACYBITS_GIT_H

#include "process.h"

struct git {
	const char *dir;      /* a directory of the work tree */
	struct args settings; /* "-c", "KEY=VALUE", ... for each command */
	bool own;	      /* made by this program */
};

/*
 * Prepares commands in `dir`, which must outlive *g; git_close() frees.  Needs no repository there.
 * Dies if git is not installed, and if the configuration has a program that cannot be turned off.
 */
void git_open(struct git *g, const char *dir);
/*
 * Prepares commands in `dir`, a repository that this program makes, where `author` and `email` commit;
 * *g keeps `dir`, which must outlive it.
 */
void git_open_own(struct git *g, const char *dir, const char *author, const char *email);
void git_close(struct git *g);

/* Is g->dir the top of a git work tree? */
bool git_is_top(const struct git *g);

/* Makes *args the arguments of `git COMMAND` in g->dir; the caller adds others and runs it. */
void git_args(const struct git *g, struct args *args, const char *command);
/* Runs the command, fills in *r and frees the arguments. */
void git_run(struct result *r, struct args *args);
/* The same; dies with "cannot WHAT: " and git's message if it fails. */
void git_must(struct result *r, struct args *args, const char *what);
/* The same; returns the first line that it prints, malloc'd, or NULL if it fails or prints none. */
char *git_line(struct args *args);

/*
 * The first line of `text`, of at most 300 bytes, with control characters replaced by '?': for
 * messages; malloc'd.
 */
char *plain_line(const char *text);

#endif
