/* SPDX-License-Identifier: GPL-2.0-only */
/* verify.h - the steps of verification, shared by their files (fix room). */
#ifndef RACYBITS_VERIFY_H
#define RACYBITS_VERIFY_H

#include "fix.h"

/* The copy of the sources, built by one compiler. */
struct build {
	const struct series *series;
	struct arena *a;
	bool clang;
	const char *cross; /* prefix of the compiler's name, "" for this machine's */
	const char *name;  /* "gcc 12.2.0", for people */
	char *src;	   /* the copy */
	char *objdir;
	bool usable;	      /* the compiler is there and the tree could be prepared */
	struct args warnings; /* of the targets before any patch */
};

/* Is a program of that name in PATH? */
bool program_exists(const char *name);
/* The objects that handle the records of the series, sorted, each once. */
void build_targets(const struct series *s, struct args *targets);
/* Runs make with the variables and goals `more` and then the targets (NULL: none). */
void build_make(const struct build *b, const struct args *more, const struct args *targets,
		struct result *r);
/* Configures and prepares b->objdir as the tree is; returns what make complained about, or NULL. */
const char *build_prepare(struct build *b);
/* Adds the warnings and errors that make printed, without line numbers, and sorts them. */
void build_warnings(const struct build *b, struct result *r, struct args *warnings);
/* The warnings of `now` that `old` does not have, a line each, or NULL; both are sorted. */
const char *build_news(const struct args *old, const struct args *now, struct arena *a);

/*
 * Compares the layout that pahole reads from the object with the plan; NULL: as planned, else what
 * is not.  *found is false if the object does not know the struct.
 */
const char *pahole_compare(const struct plan *plan, const char *object, bool *found,
			   struct arena *a);

/* A step that was taken. */
void check_add(struct patch *patch, int outcome, const char *what, const char *detail);

#endif
