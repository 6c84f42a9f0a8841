/* SPDX-License-Identifier: GPL-2.0-only */
/* pch_compile.h - compiles a precompiled header and describes its contents. */
#ifndef RACYBITS_FRONT_PCH_COMPILE_H
#define RACYBITS_FRONT_PCH_COMPILE_H

#include "front.h"

struct buf;
struct pch;

/*
 * Compiles pch->text into the file `path` and appends the index of its contents to `reply`; appends
 * nothing if that fails.
 */
void pch_compile(struct pch *pch, const struct front_options *opt, const char *path,
		 struct buf *reply);

#endif
