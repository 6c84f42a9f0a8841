/* SPDX-License-Identifier: GPL-2.0-only */
/* planning.h - the plans of all patches. */
#ifndef RACYBITS_FIX_PLANNING_H
#define RACYBITS_FIX_PLANNING_H

#include "patch.h"

/*
 * Makes the plan of each patch, or its refusal.  If a record would grow, tries to shrink those that are embedded
 * in it; with the strategy "auto" also to use the padding of those that embed it, or to move fewer fields.
 */
void series_plan(struct fix_series *s);
/* Plans patches[i] anew, with its fields as bits of one word. */
void plan_bits(struct fix_series *s, size_t i);

#endif
