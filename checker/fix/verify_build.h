/* SPDX-License-Identifier: GPL-2.0-only */
/* verify_build.h - verify that a patch builds without new warnings and lays out as planned. */
#ifndef RACYBITS_FIX_VERIFY_BUILD_H
#define RACYBITS_FIX_VERIFY_BUILD_H

#include "base/progress.h"
#include "kernel_make.h"

enum { CLANG, GCC, COMPILERS };

/* The copy of the tree, with the patches so far, and its builds. */
struct copy_builds {
	struct fix_series *s;
	char *src;
	struct kernel_build builds[COMPILERS];
	const struct kernel_build *sparse; /* the build that sparse checks, too, or NULL */
	bool sparse_refused;		   /* it is there, but kbuild does not take it */
	struct args targets;		   /* the objects that the last patch applied can break */
	struct kernel_make makes[COMPILERS];
	size_t nmakes; /* the last runs of make, one a usable compiler */
	struct progress progress;
	size_t steps; /* begun so far */
};

/* Copies the tree and prepares a build by each compiler; dies if that fails. */
void copy_builds_open(struct copy_builds *c, struct fix_series *s);
void copy_builds_close(struct copy_builds *c);
/* Shows on a terminal that the next step begins. */
void copy_builds_progress(struct copy_builds *c, const char *label);
/* Gives the files that the patch changes in the copy their text after it, or before. */
void copy_apply(const struct copy_builds *c, const struct patch *patch, bool after);
/*
 * Builds; adds to the patch, the last one applied to the copy, the steps of both compilers and of sparse.  If
 * there is a warning, builds the same without any patch, too, to tell which are new; dies if that fails.
 */
void verify_build(struct copy_builds *c, struct patch *patch);
/* The same for its layout: pahole on the objects of both compilers, and sizeof. */
void verify_layout(struct copy_builds *c, struct patch *patch);

#endif
