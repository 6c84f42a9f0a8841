// SPDX-License-Identifier: GPL-2.0-only
/* plan.c - what a patch changes in one record, or why the record has to stay as it is. */
#include "field_type.h"
#include "layout_rules.h"
#include "placement.h"
#include "plan.h"
#include "plan_lookup.h"
#include "refusal.h"
#include "word_place.h"

/* --- moves */

static void add_move(struct fix_plan *plan, const struct unit_verdict *u, uint32_t field,
		     struct arena *a)
{
	const struct unit_field *uf = &u->fields[field];
	struct field_move *m = &plan->moves[plan->nmoves++];

	*m = (struct field_move){ .judged = uf,
				  .unit = u,
				  .field = (uint32_t)(uf->field - u->record->fields) };
	field_type_choose(plan->program, plan->record, uf->field, m, a);
}

/* Adds the fields of the unit that are to be split. */
static void add_moves(struct fix_plan *plan, const struct unit_verdict *u, struct arena *a)
{
	bool strict = plan->program->strict || plan->fewest;
	const uint32_t *split = strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = strict ? u->nstrict : u->nlifetime;

	for (i = 0; i < n && !plan->nonly; i++)
		add_move(plan, u, split[i], a);
	for (i = 0; i < u->nfields && plan->nonly; i++)
		if (plan_is_only(plan, u->fields[i].field->name))
			add_move(plan, u, i, a);
}

/* Why a field that was asked for by name cannot be the one to move, or NULL. */
static const char *refuse_fields(const struct fix_plan *plan, struct arena *a)
{
	uint32_t i, j, k;

	for (i = 0; i < plan->nonly; i++) {
		bool found = false;

		for (j = 0; j < plan->nunits; j++) {
			const struct unit_verdict *u = plan->units[j];

			for (k = 0; k < u->nconflicts; k++)
				found |= u->fields[u->conflicts[k].a].field->name ==
						 plan->only[i] ||
					 u->fields[u->conflicts[k].b].field->name == plan->only[i];
		}
		if (!found)
			return arena_printf(a, "no write of %s conflicts with another field's",
					    str_get(plan->only[i]));
	}
	return NULL;
}

void plan_make(struct fix_plan *plan, const struct plan_options *o, struct arena *a)
{
	uint32_t i;

	plan->nmoves = 0;
	plan->fewest = o->fewest;
	plan->in_padding = o->room > plan->tree_bytes;
	plan->carried = NONE;
	plan->picture = NULL;
	plan->word = NONE;
	plan->moves = arena_alloc(a, plan->record->nfields * sizeof(*plan->moves));
	plan->refusal = refuse_fields(plan, a);
	if (!plan->refusal)
		plan->refusal = refusal_of_record(plan, a);
	if (plan->refusal)
		return;
	for (i = 0; i < plan->nunits; i++)
		add_moves(plan, plan->units[i], a);
	layout_rules_collect(plan, o->kdir);
	if (o->bits)
		word_place_choose(plan, o, a);
	else
		placement_choose(plan, o, a);
}
