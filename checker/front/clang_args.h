/* SPDX-License-Identifier: GPL-2.0-only */
/* clang_args.h - the arguments that libclang gets for a tu. */
#ifndef RACYBITS_FRONT_CLANG_ARGS_H
#define RACYBITS_FRONT_CLANG_ARGS_H

#include "base/util.h"

struct pch;

struct clang_args {
	const char **v;
	size_t n, cap;
};

/*
 * Fills in the arguments for a tu and returns its source file, which is not among them.  `annotations`,
 * `overlay` and `pch` may be NULL.  The strings belong to `tu` and `arena`; the caller frees a->v.
 */
const char *clang_args_make(struct clang_args *a, const struct tu *tu, struct arena *arena,
			    const char *annotations, const char *overlay, const struct pch *pch);
void clang_args_add(struct clang_args *a, const char *s);

#endif
