/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops_choice.h - whether atomic bits are a better remedy than storage units of their own. */
#ifndef RACYBITS_FIX_BITOPS_CHOICE_H
#define RACYBITS_FIX_BITOPS_CHOICE_H

#include "plan.h"

/*
 * Why the fields that the plan wants apart had better become bits that are changed atomically, a phrase from `a`:
 * no lock guards two of them, and a storage unit each has no room, or needs more than the word and most of them
 * race with one another.  NULL: they had not, or a field was asked for by name.
 */
const char *bitops_choice(const struct fix_plan *plan, struct arena *a);

#endif
