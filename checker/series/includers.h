/* SPDX-License-Identifier: GPL-2.0-only */
/* includers.h - which files of the work tree include a header. */
#ifndef RACYBITS_INCLUDERS_H
#define RACYBITS_INCLUDERS_H

#include "series.h"

/*
 * Adds to `sources` the .c files that include any of `headers`, directly or through headers, which are
 * added to `headers`.  False: there are more than a series of patches should touch; then both lists
 * stay incomplete.
 */
bool includers_find(const struct patch_series *s, struct args *headers, struct args *sources);

#endif
