/* SPDX-License-Identifier: GPL-2.0-only */
/* rewrite.h - the file of a record as the plan wants it. */
#ifndef RACYBITS_FIX_REWRITE_H
#define RACYBITS_FIX_REWRITE_H

#include "plan.h"

/*
 * Returns `text`, the file of plan->record, with its fields moved and commented, malloc'd; or NULL and
 * the reason in plan->refusal.  *lists: a declaration of several names was taken apart, which SmPL
 * cannot express.
 */
char *rewrite_split(struct fix_plan *plan, const char *text, bool *lists, struct arena *a);

#endif
