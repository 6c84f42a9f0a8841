/* SPDX-License-Identifier: GPL-2.0-only */
/* refusal.h - why a record has to stay as it is, whatever would be changed in it. */
#ifndef RACYBITS_FIX_REFUSAL_H
#define RACYBITS_FIX_REFUSAL_H

#include "plan.h"

/* A sentence with the file and line that decide it and, if there is one, the option that helps; or NULL. */
const char *refusal_of_record(const struct fix_plan *plan, struct arena *a);
/*
 * The same why a field that no function reads has to stay: the layout must not change, or nothing shows that
 * no device reads the record.
 */
const char *refusal_of_removal(const struct fix_plan *plan, struct arena *a);

#endif
