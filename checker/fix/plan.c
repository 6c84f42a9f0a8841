// SPDX-License-Identifier: GPL-2.0-only
/* plan.c - what a patch changes in one record, or why the record has to stay as it is. */
#include "field_type.h"
#include "layout_rules.h"
#include "placement.h"
#include "plan.h"
#include "refusal.h"

/* --- moves */

/* Adds the fields of the unit that are to be split. */
static void add_moves(struct fix_plan *plan, const struct unit_verdict *u, struct arena *a)
{
	const struct program *p = plan->program;
	const uint32_t *split = p->strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = p->strict ? u->nstrict : u->nlifetime;

	for (i = 0; i < n; i++) {
		const struct unit_field *uf = &u->fields[split[i]];
		struct field_move *m = &plan->moves[plan->nmoves++];

		*m = (struct field_move){ .judged = uf,
					  .unit = u,
					  .field = (uint32_t)(uf->field - u->record->fields) };
		field_type_choose(p, plan->record, uf->field, m, a);
	}
}

void plan_make(struct fix_plan *plan, const struct plan_options *o, struct arena *a)
{
	uint32_t i;

	plan->nmoves = 0;
	plan->carried = NONE;
	plan->picture = NULL;
	plan->moves = arena_alloc(a, plan->record->nfields * sizeof(*plan->moves));
	plan->refusal = refusal_of_record(plan, a);
	if (plan->refusal)
		return;
	for (i = 0; i < plan->nunits; i++)
		add_moves(plan, plan->units[i], a);
	layout_rules_collect(plan, o->kdir);
	placement_choose(plan, o, a);
}
