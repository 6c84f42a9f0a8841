/* SPDX-License-Identifier: GPL-2.0-only */
/* includers.h - which files of the work tree include a header. */
#ifndef RACYBITS_SERIES_INCLUDERS_H
#define RACYBITS_SERIES_INCLUDERS_H

#include "series.h"

/*
 * Adds to `sources` the .c files that include one of `headers`, directly or through other headers, which
 * it adds to `headers`.  Returns false, with incomplete lists, if there are more than 400 files.
 */
bool includers_find(const struct patch_series *s, struct args *headers, struct args *sources);

#endif
