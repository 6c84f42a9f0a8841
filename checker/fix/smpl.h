/* SPDX-License-Identifier: GPL-2.0-only */
/* smpl.h - a plan as a semantic patch for Coccinelle. */
#ifndef RACYBITS_FIX_SMPL_H
#define RACYBITS_FIX_SMPL_H

#include "plan.h"

/*
 * Returns the script, malloc'd, with the four modes of `make coccicheck`.  `text` is the file that it
 * changes; `lists`: as rewrite_split() said.
 */
char *smpl_script(const struct fix_plan *plan, const char *text, bool lists);

#endif
