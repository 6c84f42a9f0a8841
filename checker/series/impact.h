/* SPDX-License-Identifier: GPL-2.0-only */
/* impact.h - which translation units a series may change the verdicts of (lint room). */
#ifndef RACYBITS_IMPACT_H
#define RACYBITS_IMPACT_H

#include "series.h"

/*
 * Adds to `dirs` the directories, relative to the tree, of the .c files that the series changes or that
 * include, directly or not, a header it changes; sorted, each once.  False: too many do; the directories
 * are those of the .c files it changes.
 */
bool impact_dirs(const struct patch_series *s, struct args *dirs);

/*
 * Adds to `tops` the parts of the tree that the directories lie in ("drivers/vfio"): where their units
 * are to be looked for.  Each once, none below another, and only those that the tree has.
 */
void impact_tops(const struct patch_series *s, const struct args *dirs, struct args *tops);

/*
 * Keeps in the list what is to be analysed: the units of each directory, and of as much around it, for
 * the sake of their callers, as is still quickly done.  Dropped units go to the end, behind list->n;
 * returns how many units the list had.
 */
size_t impact_select(const struct args *dirs, struct tu_list *list);

#endif
