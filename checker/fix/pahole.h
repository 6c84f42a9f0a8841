/* SPDX-License-Identifier: GPL-2.0-only */
/* pahole.h - the layout that a compiler made, compared with the planned one. */
#ifndef RACYBITS_FIX_PAHOLE_H
#define RACYBITS_FIX_PAHOLE_H

#include "plan.h"

/*
 * Compares the layout that pahole reads from the debug information of an object file with the plan.
 * Returns NULL or the differences, a line each (from `a`).  *found is false if the object does not
 * know the record.
 */
const char *pahole_compare(const struct fix_plan *plan, const char *object, bool *found,
			   struct arena *a);

#endif
