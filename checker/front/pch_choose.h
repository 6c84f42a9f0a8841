/* SPDX-License-Identifier: GPL-2.0-only */
/* pch_choose.h - which tus share a precompiled header, and which headers go into it. */
#ifndef RACYBITS_FRONT_PCH_CHOOSE_H
#define RACYBITS_FRONT_PCH_CHOOSE_H

#include "base/util.h"

struct overlay; /* base/overlay.h */

/* Tus with the same compile command, but for what kbuild sets for each file and -I. */
struct pch_group {
	const size_t *tus; /* indexes of them */
	size_t n;
	char *text; /* #include lines of the headers to precompile; the callee's to free or keep */
};

/* Calls back for every group of tus for which a precompiled header pays.  `overlay` may be NULL. */
void pch_choose(const struct tu *const *tus, size_t n, const struct overlay *overlay,
		void (*use)(void *ctx, const struct pch_group *g), void *ctx);

#endif
