// SPDX-License-Identifier: GPL-2.0-only
/* planning.c - the plans of all patches, each by the first of several ways that has room. */
#include "plan_lookup.h"
#include "planning.h"
#include "relayout.h"
#include "room.h"

/* How a patch is planned. */
struct planning {
	bool compact;  /* shrink the record if a small member can be carried along */
	bool probe;    /* find out whether it would grow */
	bool fewest;   /* move as few fields as end the race */
	bool bits;     /* make them bits of one word */
	uint64_t room; /* bytes that it may have, if that is more than before */
};

/* Plans patches[i], with records that are embedded in it resized by the patches before it. */
static void plan_one(struct fix_series *s, size_t i, struct planning how)
{
	struct fix_plan *plan = &s->patches[i].plan;
	size_t j;

	plan->record = plan->units[0]->record;
	for (j = 0; j < i; j++) {
		const struct fix_plan *inner = &s->patches[j].plan;

		if (!inner->refusal && inner->bytes != inner->tree_bytes &&
		    record_embeds(plan->record, inner->record))
			plan->record = relayout_resized(plan->record, inner->record->key,
							inner->bytes, &s->a);
	}
	plan_make(plan,
		  &(struct plan_options){ .kdir = s->o->kdir,
					  .compact = how.compact,
					  .share = s->o->strategy == STRATEGY_AUTO && !how.probe,
					  .separate = s->o->strategy == STRATEGY_SEPARATE,
					  .grow = s->o->grow || how.probe,
					  .fewest = how.fewest,
					  .bits = how.bits || s->o->strategy == STRATEGY_BITOPS,
					  .room = how.room },
		  &s->a);
}

/* Adds the field to those that move, if there is still room then. */
static void plan_also(struct fix_series *s, size_t i, str field)
{
	struct fix_plan *plan = &s->patches[i].plan;

	if (plan_is_only(plan, field))
		return;
	plan->only[plan->nonly++] = field;
	plan_one(s, i, (struct planning){ 0 });
	if (plan->refusal)
		plan->nonly--;
}

/*
 * The field of the unit's argument (before any is asked for) that conflicts more, or `second`, the other:
 * the first one alone ends the race that the message shows.
 */
static str field_of_argument(const struct fix_plan *plan, const struct unit_verdict *u, bool second)
{
	const struct conflict *c = plan_argument(
		&(struct fix_plan){ .program = plan->program, .record = plan->record }, u);
	uint32_t i, a = 0, b = 0;

	for (i = 0; i < u->nconflicts; i++) {
		a += u->conflicts[i].a == c->a || u->conflicts[i].b == c->a;
		b += u->conflicts[i].a == c->b || u->conflicts[i].b == c->b;
	}
	return u->fields[(b > a) != second ? c->b : c->a].field->name;
}

/*
 * Moves the fields for which there is room, of those that would end the race: first one of each unit's
 * argument, that of the most confidence before the others, and the rest last.
 */
static void plan_some(struct fix_series *s, size_t i)
{
	struct fix_plan *plan = &s->patches[i].plan;
	const struct unit_verdict *lead = plan_lead(plan);
	uint32_t j, k;

	plan->only = arena_alloc(&s->a, (plan->record->nfields + 2) * sizeof(*plan->only));
	plan_also(s, i, field_of_argument(plan, lead, false));
	for (k = 0; k < 2; k++)
		for (j = 0; j < plan->nunits; j++)
			plan_also(s, i, field_of_argument(plan, plan->units[j], k));
	for (j = 0; j < plan->nunits; j++)
		for (k = 0; k < plan->units[j]->nstrict; k++)
			plan_also(
				s, i,
				plan->units[j]->fields[plan->units[j]->split_strict[k]].field->name);
	if (plan->nonly)
		plan_one(s, i, (struct planning){ 0 });
	plan->partial = plan->nonly && !plan->refusal;
}

/*
 * If there is no room for all fields of the policy, uses the padding of the records around it, else moves as
 * few as end the race, else those for which there is room.  If none has, leaves the refusal.
 */
static void plan_for_room(struct fix_series *s, size_t i)
{
	struct fix_plan *plan = &s->patches[i].plan, before = *plan;

	if (s->o->strategy != STRATEGY_AUTO || !plan->refusal || !plan->picture || plan->nonly)
		return;
	plan_one(s, i, (struct planning){ .room = record_room(s->p, plan->record, &s->a) });
	if (plan->refusal)
		plan_one(s, i, (struct planning){ .fewest = true });
	if (plan->refusal)
		plan_some(s, i);
	if (plan->refusal || (plan->nonly && !plan->partial))
		*plan = before;
}

void plan_bits(struct fix_series *s, size_t i)
{
	plan_one(s, i, (struct planning){ .bits = true });
}

void series_plan(struct fix_series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		plan_one(s, i, (struct planning){ .probe = true });
		if (!s->patches[i].plan.refusal &&
		    s->patches[i].plan.bytes <= s->patches[i].plan.tree_bytes)
			continue;
		for (j = 0; j < i; j++)
			if (record_embeds(s->patches[i].plan.record, s->patches[j].plan.record))
				plan_one(s, j, (struct planning){ .compact = true });
		plan_one(s, i, (struct planning){ 0 });
		plan_for_room(s, i);
	}
}
