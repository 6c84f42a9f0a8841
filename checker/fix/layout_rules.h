/* SPDX-License-Identifier: GPL-2.0-only */
/* layout_rules.h - what the layout of a record has to keep, because code depends on it. */
#ifndef RACYBITS_FIX_LAYOUT_RULES_H
#define RACYBITS_FIX_LAYOUT_RULES_H

#include "plan.h"
#include "relayout.h"

/*
 * Fills in plan->rules: from the facts and, for files of the tree `kdir` that were not analysed but are
 * beside those that use the record, from their text.  Once for a plan: whatever moves, they are the same.
 */
void layout_rules_collect(struct fix_plan *plan, const char *kdir);
/* The first rule that plan->offsets and plan->bytes break with the members in that order, or NULL. */
const struct layout_rule *layout_rules_broken(const struct fix_plan *plan,
					      const struct relayout_member *order, uint32_t n);
/* The rule as a phrase with FILE:LINE, from `a`. */
const char *layout_rule_text(const struct fix_plan *plan, const struct layout_rule *rule,
			     struct arena *a);

#endif
