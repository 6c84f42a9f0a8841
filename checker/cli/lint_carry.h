/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_carry.h - facts of the tree before a series that hold after it, too, although headers change. */
#ifndef RACYBITS_CLI_LINT_CARRY_H
#define RACYBITS_CLI_LINT_CARRY_H

#include "lint.h"

struct extraction;

/* Compares the headers that the series changes; after lint_tus_find(). */
void lint_carry_find(struct lint *l);
/*
 * view.extract() of the state AFTER, with a struct lint: parses those tus that may tell that the headers have
 * changed, and stores for the others what was known before, of the tree named `before`.  Returns how many were
 * parsed.  Parses all if there are to be no precompiled headers: to compare.
 */
size_t lint_carry(void *ctx, const struct extraction *x, const char *before,
		  const struct tu_list *tus);
void lint_carry_free(struct lint *l);

#endif
