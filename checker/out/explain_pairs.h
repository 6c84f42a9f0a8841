/* SPDX-License-Identifier: GPL-2.0-only */
/* explain_pairs.h - the candidate pairs of a unit, and what each refuter says of them. */
#ifndef RACYBITS_EXPLAIN_PAIRS_H
#define RACYBITS_EXPLAIN_PAIRS_H

#include "base/util.h"

/* Prints u->pairs; with `field` only those of that field. */
void explain_pairs(FILE *f, const struct unit_verdict *u, const char *field);

#endif
