/* SPDX-License-Identifier: GPL-2.0-only */
/* kernel_make.h - kbuild in several build directories at once. */
#ifndef RACYBITS_FIX_KERNEL_MAKE_H
#define RACYBITS_FIX_KERNEL_MAKE_H

#include "build.h"

/* One run of make in the build directory of `build`. */
struct kernel_make {
	const struct kernel_build *build;
	struct args goals;	    /* variables and goals; kernel_make_free() frees them */
	const struct args *targets; /* more goals, or NULL */
	struct result result;	    /* filled in; its status is 0 or 1 */
	char *out, *err, *done;	    /* private: files of what it prints, and of its success */
};

/* Runs all of them, which share s->o->jobs jobs, and fills in their results. */
void kernel_make_run(struct kernel_make *v, size_t n, const struct fix_series *s);
void kernel_make_free(struct kernel_make *v, size_t n);

#endif
