/* SPDX-License-Identifier: GPL-2.0-only */
/* placement.h - where the fields that leave a unit are declared. */
#ifndef RACYBITS_FIX_PLACEMENT_H
#define RACYBITS_FIX_PLACEMENT_H

#include "plan.h"

/*
 * Chooses where plan->moves go so that the record does not grow beyond plan->tree_bytes, if that can
 * be had: beside their unit, else as few of them as possible into holes, else with another member
 * carried along.  Fills in behind and rank of the moves and their order, carried, carried_behind,
 * offsets (from `a`) and bytes.  With `compact`, tries to make the record smaller first.
 */
void placement_choose(struct fix_plan *plan, bool compact, struct arena *a);

#endif
