/* SPDX-License-Identifier: GPL-2.0-only */
/* placement.h - where the fields that leave a unit are declared. */
#ifndef RACYBITS_FIX_PLACEMENT_H
#define RACYBITS_FIX_PLACEMENT_H

#include "plan.h"

/*
 * Chooses where plan->moves go so that plan->rules are kept and the record does not grow beyond
 * plan->tree_bytes: beside their unit, else as few of them as possible into holes, else with another
 * member carried along, else each in its place.  Fills in behind, rank and fences of the moves and their
 * order, carried, carried_behind, offsets (from `a`) and bytes; or refusal, if there is no such layout.
 */
void placement_choose(struct fix_plan *plan, const struct plan_options *o, struct arena *a);

#endif
