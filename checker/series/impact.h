/* SPDX-License-Identifier: GPL-2.0-only */
/* impact.h - which translation units (tus) a series may change the verdicts of. */
#ifndef RACYBITS_SERIES_IMPACT_H
#define RACYBITS_SERIES_IMPACT_H

#include "series.h"

/*
 * Adds to `dirs` the directories, relative to the tree, of the .c files that the series changes or that
 * include, directly or not, a header that it changes; sorted, each once.  Returns false if too many
 * files do: the directories are then those of the .c files that it changes.
 */
bool impact_dirs(const struct patch_series *s, struct args *dirs);
/*
 * Adds to `tops` the parts of the tree in which the tus of the directories are to be looked for
 * ("drivers/vfio"): each once, none below another, and only those that exist.
 */
void impact_tops(const struct patch_series *s, const struct args *dirs, struct args *tops);
/*
 * Selects the tus of each directory and, for the sake of their callers, those of directories around it
 * while they are few.  The others go to the end, behind list->n.  Returns how many tus there were.
 */
size_t impact_select(const struct args *dirs, struct tu_list *list);

#endif
