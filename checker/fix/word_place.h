/* SPDX-License-Identifier: GPL-2.0-only */
/* word_place.h - where the word is declared whose bits take the place of fields. */
#ifndef RACYBITS_FIX_WORD_PLACE_H
#define RACYBITS_FIX_WORD_PLACE_H

#include "plan.h"

/*
 * Chooses where an unsigned long goes whose bits plan->moves become, so that plan->rules are kept and the
 * record does not grow beyond plan->tree_bytes: in place of one of them.  Fills in word, offsets (from `a`) and
 * bytes; or refusal, if there is no such place or a field is no flag.
 */
void word_place_choose(struct fix_plan *plan, const struct plan_options *o, struct arena *a);

#endif
