// SPDX-License-Identifier: GPL-2.0-only
/* placement.c - where the fields that leave a unit are declared, so that the record does not grow. */
#include "layout_picture.h"
#include "layout_rules.h"
#include "placement.h"
#include "plan_lookup.h"
#include "relayout.h"
#include "type_bits.h"

/* A layout that is tried. */
struct layout_trial {
	struct fix_plan *plan;
	struct relayout_member *order; /* of all fields of the record */
	uint32_t n;
	uint64_t *offsets; /* in bits, by index of the field */
};

/* --- orders of members */

static uint32_t order_find(const struct layout_trial *t, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < t->n && t->order[i].field != field; i++)
		;
	return i;
}

static struct relayout_member order_take(struct layout_trial *t, uint32_t field)
{
	uint32_t i = order_find(t, field);
	struct relayout_member m = t->order[i];

	memmove(&t->order[i], &t->order[i + 1], (--t->n - i) * sizeof(m));
	return m;
}

static void order_insert(struct layout_trial *t, uint32_t at, struct relayout_member m)
{
	memmove(&t->order[at + 1], &t->order[at], (t->n++ - at) * sizeof(m));
	t->order[at] = m;
}

/* Inserts `m` behind `field` and behind what has been put there. */
static void order_put(struct layout_trial *t, uint32_t field, struct relayout_member m)
{
	uint32_t at = order_find(t, field) + 1;
	const struct field_move *other;

	while (at < t->n && (other = plan_move(t->plan, t->order[at].field)) &&
	       other->behind == field)
		at++;
	order_insert(t, at, m);
}

/* Applies the moves, and that of the carried member, to the order of declaration. */
static void order_make(struct layout_trial *t)
{
	const struct fix_plan *plan = t->plan;
	struct relayout_member m;
	uint32_t i;

	t->n = plan->record->nfields;
	for (i = 0; i < t->n; i++)
		t->order[i] = (struct relayout_member){ .field = i };
	for (i = 0; i < plan->nmoves; i++) {
		const struct field_move *move = &plan->moves[i];

		m = (struct relayout_member){ .field = move->field,
					      .moved = true,
					      .bits = move->bits };
		if (move->behind == NONE) {
			t->order[order_find(t, move->field)] = m;
		} else {
			order_take(t, move->field);
			order_put(t, move->behind, m);
		}
	}
	if (plan->carried == NONE)
		return;
	m = order_take(t, plan->carried);
	order_insert(t, order_find(t, plan->carried_behind) + 1, m);
}

/* --- fences */

/* Is a bitfield of nonzero width declared there, in the group of `m`, that must be kept apart from it? */
static bool is_bits(const struct layout_trial *t, uint32_t at, const struct field_move *m)
{
	const struct record *r = t->plan->record;
	const struct field *f = at < t->n ? &r->fields[t->order[at].field] : NULL;
	const struct field_move *other;

	if (!f || !(f->flags & FIELD_BITFIELD) || f->group != r->fields[m->field].group)
		return false;
	other = t->order[at].moved ? plan_move(t->plan, t->order[at].field) : NULL;
	if (other && other->shares && m->shares && other->judged->guard == m->judged->guard)
		return false;
	if (other)
		return other->width && !other->fence_below;
	return f->bit_size > 0;
}

/* A field that stays a bitfield is kept apart from those beside it (C11 3.14, 6.7.2.1p12). */
static void set_fences(struct layout_trial *t)
{
	uint32_t i;

	for (i = 0; i < t->plan->nmoves; i++)
		t->plan->moves[i].fence_above = t->plan->moves[i].fence_below = false;
	for (i = 0; i < t->n; i++) {
		struct field_move *m = NULL;
		uint32_t j;

		for (j = 0; j < t->plan->nmoves; j++)
			if (t->plan->moves[j].field == t->order[i].field)
				m = &t->plan->moves[j];
		if (!m || !m->width)
			continue;
		m->fence_above = i && is_bits(t, i - 1, m);
		m->fence_below = !t->order[i + 1 < t->n ? i + 1 : i].moved && is_bits(t, i + 1, m);
		t->order[i].width = m->width;
		t->order[i].fence_above = m->fence_above;
		t->order[i].fence_below = m->fence_below;
	}
}

/* Lays the record out as the plan wants it. */
static void lay_out(struct layout_trial *t)
{
	order_make(t);
	set_fences(t);
	t->plan->bytes = relayout(t->plan->record, t->order, t->n, t->offsets);
}

/* Lays it out; has it then at most `bytes` bytes, and keeps what code depends on? */
static bool fits(struct layout_trial *t, uint64_t bytes)
{
	lay_out(t);
	return t->plan->bytes <= bytes && !layout_rules_broken(t->plan, t->order, t->n);
}

/* --- strategy 1: beside the unit */

/* The last bitfield that stays in the unit of `m`, or NONE. */
static uint32_t last_kept(const struct fix_plan *plan, const struct field_move *m)
{
	const struct record *r = plan->record;
	uint32_t i, last = NONE;

	for (i = m->unit->unit->first; i <= m->unit->unit->last; i++)
		if (r->fields[i].unit == r->fields[m->field].unit && r->fields[i].name &&
		    !plan_move(plan, i))
			last = i;
	return last;
}

/* A field in a preprocessor section stays where it is, and so does one whose unit has no field left. */
static void put_beside(struct fix_plan *plan, struct field_move *m)
{
	bool stays = plan->record->fields[m->field].flags & FIELD_CONDITIONAL;

	m->behind = stays ? NONE : last_kept(plan, m);
}

static int compare_fields(const void *a, const void *b)
{
	const struct field_move *x = a, *y = b;

	return x->field < y->field ? -1 : x->field > y->field;
}

/* By the member that they are put behind, then those of one guard together, then by declaration. */
static int compare_moves(const void *a, const void *b)
{
	const struct field_move *x = a, *y = b;
	uint32_t px = x->behind == NONE ? x->field : x->behind;
	uint32_t py = y->behind == NONE ? y->field : y->behind;

	if (px != py)
		return px < py ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return compare_fields(a, b);
}

/* Moves with the same guard get the rank of the first of them. */
static void rank_moves(struct fix_plan *plan)
{
	uint32_t i, j;

	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_fields);
	for (i = 0; i < plan->nmoves; i++) {
		for (j = 0; plan->moves[j].judged->guard != plan->moves[i].judged->guard; j++)
			;
		plan->moves[i].rank = j;
	}
}

static void put_all_beside(struct fix_plan *plan)
{
	uint32_t i;

	plan->carried = NONE;
	rank_moves(plan);
	for (i = 0; i < plan->nmoves; i++)
		put_beside(plan, &plan->moves[i]);
	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_moves);
}

/* --- strategy 2: in holes */

/* May another member be declared behind this one? */
static bool is_anchor(const struct field *f)
{
	return !f->group && f->name &&
	       !(f->flags & (FIELD_BITFIELD | FIELD_IN_UNION | FIELD_CONDITIONAL));
}

/* Number of free bits between field i and the next member or the end of the record. */
static uint64_t hole_behind(const struct record *r, uint32_t i)
{
	const struct field *f = &r->fields[i], *next = f + 1;
	uint64_t end = f->bit_offset + f->bit_size;

	if (!is_anchor(f) || !f->bit_size)
		return 0;
	if (i + 1 == r->nfields)
		return r->bytes * 8 - end;
	if (next->flags & (FIELD_CONDITIONAL | FIELD_BITFIELD))
		return 0;
	return next->bit_offset > end ? next->bit_offset - end : 0;
}

/* Puts m behind the first member i with a hole for it, of which used[i] bits are taken already. */
static bool put_in_hole(const struct fix_plan *plan, struct field_move *m, uint64_t *used)
{
	const struct record *r = plan->record;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		uint64_t end = r->fields[i].bit_offset + r->fields[i].bit_size;
		uint64_t at = (end + used[i] + m->bits - 1) / m->bits * m->bits;

		if (at + m->bits > end + hole_behind(r, i))
			continue;
		used[i] = at + m->bits - end;
		m->behind = i;
		return true;
	}
	return false;
}

/* Puts the first k moves that may go elsewhere into holes, and the others beside their unit. */
static bool put_some_in_holes(struct fix_plan *plan, uint32_t k)
{
	uint64_t *used = xcalloc(plan->record->nfields + 1, sizeof(*used));
	bool fit = true;
	uint32_t i;

	put_all_beside(plan);
	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_fields);
	for (i = 0; i < plan->nmoves && k && fit; i++) {
		const struct field *f = &plan->record->fields[plan->moves[i].field];

		if ((f->flags & FIELD_CONDITIONAL) || f->group)
			continue;
		fit = put_in_hole(plan, &plan->moves[i], used);
		k--;
	}
	free(used);
	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_moves);
	return fit && !k;
}

/* --- strategy 3: another member is carried along */

/* May member i be declared elsewhere: is it a scalar without a comment, and not the first member? */
static bool is_portable(const struct record *r, uint32_t i)
{
	const struct field *f = &r->fields[i];

	return i && is_anchor(f) && !f->record && !(f->flags & FIELD_ARRAY) &&
	       !(f->flags & FIELD_POINTER) && !f->comment &&
	       type_bits(str_get(f->type)) == f->bit_size;
}

/*
 * Carries the last small member behind the last field that moves, if the record then has at most `bytes`
 * bytes.
 */
static bool carry_one(struct layout_trial *t, uint64_t bytes)
{
	struct fix_plan *plan = t->plan;
	uint32_t i, last = plan->nmoves - 1;

	for (i = plan->record->nfields; i-- > 0;) {
		if (plan_move(plan, i) || !is_portable(plan->record, i))
			continue;
		plan->carried = i;
		plan->carried_behind = plan->moves[last].field;
		if (plan->record->fields[plan->carried_behind].group || !fits(t, bytes))
			continue;
		return true;
	}
	plan->carried = NONE;
	return false;
}

/* --- all strategies */

/* Finds a layout of at most `bytes` bytes with as few moves in holes as possible. */
static bool fit_into(struct layout_trial *t, uint64_t bytes, bool carry)
{
	struct fix_plan *plan = t->plan;
	uint32_t k;

	for (k = 0; k <= plan->nmoves; k++) {
		if (!put_some_in_holes(plan, k))
			continue;
		if (fits(t, bytes))
			return true;
		if (carry && carry_one(t, bytes))
			return true;
	}
	return false;
}

/* Leaves all fields in the order of declaration, which initialisers by position depend on. */
static bool put_in_place(struct layout_trial *t, uint64_t bytes)
{
	uint32_t i;

	put_all_beside(t->plan);
	for (i = 0; i < t->plan->nmoves; i++)
		t->plan->moves[i].behind = NONE;
	qsort(t->plan->moves, t->plan->nmoves, sizeof(*t->plan->moves), compare_moves);
	return fits(t, bytes);
}

/* Finds a layout of at most `bytes` bytes. */
static bool find_layout(struct layout_trial *t, uint64_t bytes)
{
	return fit_into(t, bytes, false) || fit_into(t, bytes, true) || put_in_place(t, bytes);
}

/* --- fields of one lock in one unit */

/* Does the same lock guard another field that moves? */
static bool has_peer(const struct fix_plan *plan, uint32_t i)
{
	uint32_t j;

	for (j = 0; j < plan->nmoves; j++)
		if (j != i && plan->moves[j].judged->guard == plan->moves[i].judged->guard)
			return plan->moves[i].judged->guard != 0;
	return false;
}

/* Lets fields that a lock guards share a unit; false if there are none of one lock. */
static bool share_units(struct fix_plan *plan, const char *why)
{
	bool any = false;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		struct field_move *m = &plan->moves[i];

		if (!has_peer(plan, i))
			continue;
		m->shares = any = true;
		if (!m->width)
			m->why_width = why;
		m->width = (uint32_t)plan->record->fields[m->field].bit_size;
	}
	return any;
}

/* Takes back what share_units() did. */
static void unshare_units(struct fix_plan *plan, const struct field_move *before)
{
	memcpy(plan->moves, before, plan->nmoves * sizeof(*before));
}

/* Finds a layout in which fields share units; without one, the moves are as before. */
static bool find_shared(struct layout_trial *t, uint64_t bytes, const char *why)
{
	struct fix_plan *plan = t->plan;
	struct field_move *before = xcalloc(plan->nmoves, sizeof(*before));
	bool found;

	memcpy(before, plan->moves, plan->nmoves * sizeof(*before));
	found = share_units(plan, why) && find_layout(t, bytes);
	if (!found)
		unshare_units(plan, before);
	free(before);
	return found;
}

/* --- the choice */

/* The rule that keeps the fields from a hole, or NULL: there is no hole. */
static const struct layout_rule *hole_forbidden(struct layout_trial *t)
{
	uint32_t nrules = t->plan->nrules;
	bool found;

	t->plan->nrules = 0;
	found = find_layout(t, t->plan->tree_bytes);
	t->plan->nrules = nrules;
	return found ? layout_rules_broken(t->plan, t->order, t->n) : NULL;
}

/* Lays the record out without a limit of its size; returns the rule that is broken even then, or NULL. */
static const struct layout_rule *grow(struct layout_trial *t)
{
	put_all_beside(t->plan);
	if (fits(t, UINT64_MAX) || put_in_place(t, UINT64_MAX))
		return NULL;
	put_all_beside(t->plan);
	lay_out(t);
	return layout_rules_broken(t->plan, t->order, t->n);
}

/* Why the fields cannot go anywhere, if `broken` is broken in the record that would be larger (or NULL). */
static const char *refuse(struct layout_trial *t, const struct layout_rule *broken, struct arena *a)
{
	const struct fix_plan *plan = t->plan;
	unsigned long long before = plan->tree_bytes, after = plan->bytes;
	const struct layout_rule *forbids = broken ? NULL : hole_forbidden(t);

	if (broken)
		return arena_printf(a, "no order of its members keeps what code depends on: %s",
				    layout_rule_text(plan, broken, a));
	return arena_printf(
		a, "%s%s: it would grow from %llu to %llu bytes, which --allow-growth accepts",
		forbids ? "its hole cannot be used, for " : "it has no hole for the fields",
		forbids ? layout_rule_text(plan, forbids, a) : "", before, after);
}

/* Fields that were named stay where they are, unless they would be bitfields between fences there. */
static bool prefers_place(const struct fix_plan *plan)
{
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->moves[i].width)
			return false;
	return plan->nonly;
}

void placement_choose(struct fix_plan *plan, const struct plan_options *o, struct arena *a)
{
	const struct record *r = plan->record;
	struct layout_trial t = { .plan = plan,
				  .order = xcalloc(r->nfields + 1, sizeof(*t.order)),
				  .offsets =
					  arena_alloc(a, (r->nfields + 1) * sizeof(*t.offsets)) };
	uint64_t room = o->room > plan->tree_bytes ? o->room : plan->tree_bytes;
	const struct layout_rule *broken;

	plan->offsets = t.offsets;
	if (o->separate) {
		if (!find_shared(&t, o->grow ? UINT64_MAX : room,
				 "one lock guards all fields of its unit"))
			plan->refusal =
				"no lock guards two of its fields, or a unit for each lock has no room";
	} else if (!(o->compact && fit_into(&t, r->bytes - 1, true)) &&
		   !(prefers_place(plan) && put_in_place(&t, room)) && !find_layout(&t, room) &&
		   !(o->share &&
		     find_shared(&t, room, "the struct has no hole for a unit of its own"))) {
		broken = grow(&t);
		if (broken || !o->grow)
			plan->refusal = refuse(&t, broken, a);
		if (!broken && !o->grow) {
			grow(&t);
			plan->picture = layout_picture(plan, a);
		}
	}
	free(t.order);
}
