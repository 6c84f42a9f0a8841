/* SPDX-License-Identifier: GPL-2.0-only */
/* plan_lookup.h - questions about a plan. */
#ifndef RACYBITS_FIX_PLAN_LOOKUP_H
#define RACYBITS_FIX_PLAN_LOOKUP_H

#include "plan.h"

/* The move of a field (an index into record.fields), or NULL. */
const struct field_move *plan_move(const struct fix_plan *plan, uint32_t field);

/* Was the field, by name, asked for alone? */
bool plan_is_only(const struct fix_plan *plan, str field);
/* Has the unit a field that is to move: any, if none was asked for by name? */
bool plan_wants_unit(const struct fix_plan *plan, const struct unit_verdict *u);
/* Is a field of the conflict one that was asked for by name? */
bool plan_asks(const struct fix_plan *plan, const struct unit_verdict *u, const struct conflict *c);
/*
 * The conflict of the unit that the message shows: of those with a field that was asked for by name, the surest, of
 * these one with two such fields, of these the best.
 */
const struct conflict *plan_argument(const struct fix_plan *plan, const struct unit_verdict *u);
/* The unit whose argument has the most confidence, the first of such. */
const struct unit_verdict *plan_lead(const struct fix_plan *plan);

/* ":WIDTH" if the field stays a bitfield, else ""; from `a`. */
const char *move_width(const struct field_move *m, struct arena *a);

/* Is the field a bitfield of one of plan->units? */
bool plan_changes_unit_of(const struct fix_plan *plan, uint32_t field);

/* Do moves[i] and those behind it with the same guard stand together, and does it come first? */
bool plan_group_starts(const struct fix_plan *plan, uint32_t i);

/* Has the record `outer` a member that is an `inner`, not a pointer to one or an array? */
bool record_embeds(const struct record *outer, const struct record *inner);

#endif
