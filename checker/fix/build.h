/* SPDX-License-Identifier: GPL-2.0-only */
/* build.h - kbuild in a copy of the tree: what to build, by which compiler, what it warns of. */
#ifndef RACYBITS_FIX_BUILD_H
#define RACYBITS_FIX_BUILD_H

#include "base/process.h"
#include "patch.h"

/* The copy of the sources, built by one compiler. */
struct kernel_build {
	const struct fix_series *series;
	struct arena *a; /* for messages */
	bool clang;
	const char *cross; /* prefix of gcc's name (CROSS_COMPILE), or "" */
	const char *name;  /* for messages: "gcc 12.2.0" */
	char *src;	   /* the copy; belongs to the caller */
	char *objdir;	   /* malloc'd */
	bool usable;	   /* the compiler is installed */
	bool with_llvm;	   /* the tools beside the compiler, and host programs, are clang's */
	struct args
		warnings; /* those of the targets before any patch, once they are needed; sorted */
};

/* Is a program of that name in PATH? */
bool program_exists(const char *name);

/* Fills in *b for clang or gcc, to build `src`; build_close() frees. */
void build_open(struct kernel_build *b, struct fix_series *s, char *src, bool clang);
void build_close(struct kernel_build *b);
/* Gives b->objdir the configuration of the tree; make olddefconfig is due. */
void build_configure(const struct kernel_build *b);
/* Gives it that of `from`, with all that was built there; make olddefconfig is due. */
void build_clone(const struct kernel_build *b, const struct kernel_build *from);
/* Adds the warnings and errors that make printed on stderr to `warnings`, without line numbers, sorted. */
void build_add_warnings(const struct kernel_build *b, struct result *r, struct args *warnings);
/* The warnings of `now` that `old` does not have, a line each, or NULL; both lists are sorted. */
const char *build_new_warnings(const struct args *old, const struct args *now, struct arena *a);

#endif
