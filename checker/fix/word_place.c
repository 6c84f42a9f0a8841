// SPDX-License-Identifier: GPL-2.0-only
/* word_place.c - where the word is declared whose bits take the place of fields. */
#include "layout_rules.h"
#include "plan_lookup.h"
#include "relayout.h"
#include "type_bits.h"
#include "word_place.h"

/* Lays the record out with the word in plan->word; has it at most `bytes` bytes, and keeps what code depends on? */
static bool fits(struct fix_plan *plan, struct relayout_member *order, uint64_t bytes)
{
	uint32_t i, n = 0;

	for (i = 0; i < plan->record->nfields; i++) {
		if (!plan_move(plan, i))
			order[n++] = (struct relayout_member){ .field = i };
		if (i == plan->word)
			order[n++] = (struct relayout_member){ .field = plan->word,
							       .moved = true,
							       .bits = POINTER_BITS };
	}
	plan->bytes = relayout(plan->record, order, n, plan->offsets);
	return plan->bytes <= bytes && !layout_rules_broken(plan, order, n);
}

/* In place of a field, of the last one if that can be. */
static bool find_place(struct fix_plan *plan, struct relayout_member *order, uint64_t bytes)
{
	uint32_t i;

	for (i = plan->record->nfields; i-- > 0;) {
		if (!plan_move(plan, i))
			continue;
		plan->word = i;
		if (fits(plan, order, bytes))
			return true;
	}
	return false;
}

/* Why a field cannot become a bit, whatever the layout, or NULL. */
static const char *refuse_field(const struct field_move *m, const struct field *f, struct arena *a)
{
	const char *name = str_get(f->name);

	if (f->bit_size != 1 || (f->flags & (FIELD_SIGNED | FIELD_BOOL)) == FIELD_SIGNED)
		return arena_printf(a, "%s is no flag of one unsigned bit", name);
	if (m->width)
		return arena_printf(a, "%s is more than a flag: %s", name, m->why_width);
	if (f->flags & FIELD_CONDITIONAL)
		return arena_printf(a, "%s is declared under a condition", name);
	if (f->group)
		return arena_printf(a, "%s is in an anonymous member", name);
	return NULL;
}

void word_place_choose(struct fix_plan *plan, const struct plan_options *o, struct arena *a)
{
	const struct record *r = plan->record;
	struct relayout_member *order = xcalloc(r->nfields + 1, sizeof(*order));
	uint32_t i;

	plan->offsets = arena_alloc(a, (r->nfields + 1) * sizeof(*plan->offsets));
	for (i = 0; i < plan->nmoves && !plan->refusal; i++)
		plan->refusal = refuse_field(&plan->moves[i], &r->fields[plan->moves[i].field], a);
	for (i = 0; i < plan->nmoves; i++)
		plan->moves[i].behind = NONE;
	if (!plan->refusal && !find_place(plan, order, plan->tree_bytes) &&
	    !(o->grow && find_place(plan, order, UINT64_MAX)))
		plan->refusal =
			find_place(plan, order, UINT64_MAX) ?
				arena_printf(
					a,
					"the word has no room: the struct would grow from %llu to %llu bytes, which --allow-growth accepts",
					(unsigned long long)plan->tree_bytes,
					(unsigned long long)plan->bytes) :
				"no place of the word keeps what code depends on";
	free(order);
}
