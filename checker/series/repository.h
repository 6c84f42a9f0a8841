/* SPDX-License-Identifier: GPL-2.0-only */
/* repository.h - use a git repository without writing to it. */
#ifndef RACYBITS_SERIES_REPOSITORY_H
#define RACYBITS_SERIES_REPOSITORY_H

#include "series.h"

/*
 * Opens the repository that s->kdir is the work tree of: fills in s->git and s->index.  From now on git
 * writes objects and its index to s->dir.  Dies if s->kdir is not the top of a work tree.
 */
void repository_open(struct patch_series *s);

#endif
