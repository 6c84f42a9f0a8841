/* SPDX-License-Identifier: GPL-2.0-only */
/* diff.h - the files and lines that a series changes. */
#ifndef RACYBITS_SERIES_DIFF_H
#define RACYBITS_SERIES_DIFF_H

#include "series.h"

/* Fills in s->touched and s->added from s->commits. */
void diff_read(struct patch_series *s);

#endif
