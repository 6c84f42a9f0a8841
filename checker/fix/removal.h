/* SPDX-License-Identifier: GPL-2.0-only */
/* removal.h - the strategy "remove": a field that nothing reads goes, with what stores to it. */
#ifndef RACYBITS_FIX_REMOVAL_H
#define RACYBITS_FIX_REMOVAL_H

#include "patch.h"

/*
 * Does each conflict of the units that is above low confidence (of a field asked for, if there are such; any, if
 * none is surer) have a field that no analysed function reads, so that without these the race is ended?
 */
bool removal_ends_race(const struct fix_plan *plan);
/*
 * Makes the changed files: the declarations of these fields and the statements that store to them are
 * removed; plan.moves become these fields, and plan.leaves_doubtful is set.  Returns false and sets
 * plan.refusal, with no file changed, if a store cannot be removed, or if a file that was not analysed may use
 * such a field.
 */
bool removal_make(struct fix_series *s, struct patch *patch);

#endif
