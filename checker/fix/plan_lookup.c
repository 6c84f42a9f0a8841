// SPDX-License-Identifier: GPL-2.0-only
/* plan_lookup.c - questions about a plan. */
#include "plan_lookup.h"

const struct field_move *plan_move(const struct fix_plan *plan, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->moves[i].field == field)
			return &plan->moves[i];
	return NULL;
}

bool plan_is_only(const struct fix_plan *plan, str field)
{
	uint32_t i;

	for (i = 0; i < plan->nonly; i++)
		if (plan->only[i] == field)
			return true;
	return false;
}

bool plan_wants_unit(const struct fix_plan *plan, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (plan_is_only(plan, u->fields[i].field->name))
			return true;
	return !plan->nonly;
}

/* How many fields of the conflict were asked for by name. */
static uint32_t asked_fields(const struct fix_plan *plan, const struct unit_verdict *u,
			     const struct conflict *c)
{
	return plan_is_only(plan, u->fields[c->a].field->name) +
	       plan_is_only(plan, u->fields[c->b].field->name);
}

bool plan_asks(const struct fix_plan *plan, const struct unit_verdict *u, const struct conflict *c)
{
	return asked_fields(plan, u, c) > 0;
}

/* Is `a`, with fields of it that were asked for, a better argument than `b`? */
static bool is_better(const struct fix_plan *plan, const struct unit_verdict *u,
		      const struct conflict *a, const struct conflict *b)
{
	uint32_t n = asked_fields(plan, u, a), m = asked_fields(plan, u, b);

	if (!n != !m)
		return n;
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	return n != m ? n > m : a->rank < b->rank;
}

const struct conflict *plan_argument(const struct fix_plan *plan, const struct unit_verdict *u)
{
	const struct conflict *best = u->conflicts;
	uint32_t i;

	for (i = 1; i < u->nconflicts; i++)
		if (is_better(plan, u, &u->conflicts[i], best))
			best = &u->conflicts[i];
	return best;
}

const struct unit_verdict *plan_lead(const struct fix_plan *plan)
{
	const struct unit_verdict *lead = plan->units[0];
	uint32_t i;

	for (i = 1; i < plan->nunits; i++)
		if (plan_argument(plan, plan->units[i])->confidence >
		    plan_argument(plan, lead)->confidence)
			lead = plan->units[i];
	return lead;
}

const char *move_width(const struct field_move *m, struct arena *a)
{
	return m->width ? arena_printf(a, ":%u", m->width) : "";
}

bool plan_changes_unit_of(const struct fix_plan *plan, uint32_t field)
{
	const struct record *r = plan->record;
	uint32_t i;

	for (i = 0; i < plan->nunits; i++)
		if (r->fields[field].unit == r->fields[plan->units[i]->unit->first].unit &&
		    (r->fields[field].flags & FIELD_BITFIELD))
			return true;
	return false;
}

bool plan_group_starts(const struct fix_plan *plan, uint32_t i)
{
	const struct field_move *m = &plan->moves[i], *before = m - 1;

	if (!i || m->behind != before->behind || m->judged->guard != before->judged->guard)
		return true;
	return m->behind == NONE && m->field != before->field + 1;
}

bool record_embeds(const struct record *outer, const struct record *inner)
{
	uint32_t i;

	for (i = 0; i < outer->nfields; i++)
		if (outer->fields[i].record == inner->key &&
		    !(outer->fields[i].flags & (FIELD_POINTER | FIELD_ARRAY)))
			return true;
	return false;
}
