// SPDX-License-Identifier: GPL-2.0-only
/* placement.c - where the fields that leave a unit are put, so that the record does not grow. */
#include "fix.h"

/* A layout that is tried out. */
struct trial {
	struct plan *plan;
	struct member *order;
	uint32_t n;
	uint64_t *offsets;
};

/* --- orders of members */

static uint32_t order_find(const struct trial *t, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < t->n && t->order[i].field != field; i++)
		;
	return i;
}

static struct member order_take(struct trial *t, uint32_t field)
{
	uint32_t i = order_find(t, field);
	struct member m = t->order[i];

	memmove(&t->order[i], &t->order[i + 1], (--t->n - i) * sizeof(m));
	return m;
}

static void order_insert(struct trial *t, uint32_t at, struct member m)
{
	memmove(&t->order[at + 1], &t->order[at], (t->n++ - at) * sizeof(m));
	t->order[at] = m;
}

/* Behind `field` and what was put behind it before. */
static void order_put(struct trial *t, uint32_t field, struct member m)
{
	uint32_t at = order_find(t, field) + 1;
	const struct move *other;

	while (at < t->n && (other = plan_move(t->plan, t->order[at].field)) &&
	       other->behind == field)
		at++;
	order_insert(t, at, m);
}

/* The plan's moves, and the member it carries, made in the order of declaration. */
static void order_make(struct trial *t)
{
	const struct plan *plan = t->plan;
	struct member m;
	uint32_t i;

	t->n = plan->record->nfields;
	for (i = 0; i < t->n; i++)
		t->order[i] = (struct member){ .field = i };
	for (i = 0; i < plan->nmoves; i++) {
		const struct move *move = &plan->moves[i];

		m = (struct member){ .field = move->field, .moved = true, .bits = move->bits };
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

static uint64_t lay_out(struct trial *t)
{
	order_make(t);
	t->plan->bytes = members_lay_out(t->plan->record, t->order, t->n, t->offsets);
	return t->plan->bytes;
}

/* --- beside the unit */

/* The last bitfield that stays in the unit of `m`, or NONE. */
static uint32_t last_kept(const struct plan *plan, const struct move *m)
{
	const struct record *r = plan->record;
	uint32_t i, last = NONE;

	for (i = m->unit->unit->first; i <= m->unit->unit->last; i++)
		if (r->fields[i].unit == r->fields[m->field].unit && r->fields[i].name &&
		    !plan_move(plan, i))
			last = i;
	return last;
}

/* A field in a preprocessor section stays there, as does one whose unit nothing is left of. */
static void put_beside(struct plan *plan, struct move *m)
{
	bool stays = plan->record->fields[m->field].flags & FIELD_CONDITIONAL;

	m->behind = stays ? NONE : last_kept(plan, m);
}

static int compare_fields(const void *a, const void *b)
{
	const struct move *x = a, *y = b;

	return x->field < y->field ? -1 : x->field > y->field;
}

/* By place, then those of one guard together, then as they were declared. */
static int compare_moves(const void *a, const void *b)
{
	const struct move *x = a, *y = b;
	uint32_t px = x->behind == NONE ? x->field : x->behind;
	uint32_t py = y->behind == NONE ? y->field : y->behind;

	if (px != py)
		return px < py ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return compare_fields(a, b);
}

/* Fields with one guard stand together, where the first of them is. */
static void rank_moves(struct plan *plan)
{
	uint32_t i, j;

	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_fields);
	for (i = 0; i < plan->nmoves; i++) {
		for (j = 0; plan->moves[j].judged->guard != plan->moves[i].judged->guard; j++)
			;
		plan->moves[i].rank = j;
	}
}

static void put_all_beside(struct plan *plan)
{
	uint32_t i;

	plan->carried = NONE;
	rank_moves(plan);
	for (i = 0; i < plan->nmoves; i++)
		put_beside(plan, &plan->moves[i]);
	qsort(plan->moves, plan->nmoves, sizeof(*plan->moves), compare_moves);
}

/* --- in holes */

static bool is_anchor(const struct field *f)
{
	return !f->group && f->name &&
	       !(f->flags & (FIELD_BITFIELD | FIELD_IN_UNION | FIELD_CONDITIONAL));
}

/* Bits between field i and what lies behind it. */
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

/* Puts m behind the first member with a hole for it, `used[i]` bits of which are taken. */
static bool put_in_hole(const struct plan *plan, struct move *m, uint64_t *used)
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

/* The first k fields that may go elsewhere go into holes, the others stay beside their unit. */
static bool put_some_in_holes(struct plan *plan, uint32_t k)
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

/* --- another member */

/* May `f` be carried elsewhere: a scalar that nothing says has to be where it is? */
static bool is_portable(const struct record *r, uint32_t i)
{
	const struct field *f = &r->fields[i];

	return i && is_anchor(f) && !f->record && !(f->flags & FIELD_ARRAY) &&
	       !(f->flags & FIELD_POINTER) && !f->comment &&
	       type_bits(str_get(f->type)) == f->bit_size;
}

/* Carries the last small member with which the record has at most `bytes` behind a moved field. */
static bool carry_one(struct trial *t, uint64_t bytes)
{
	struct plan *plan = t->plan;
	uint32_t i, last = plan->nmoves - 1;

	for (i = plan->record->nfields; i-- > 0;) {
		if (plan_move(plan, i) || !is_portable(plan->record, i))
			continue;
		plan->carried = i;
		plan->carried_behind = plan->moves[last].field;
		if (plan->record->fields[plan->carried_behind].group || lay_out(t) > bytes)
			continue;
		return true;
	}
	plan->carried = NONE;
	return false;
}

/* --- all of it */

/* Beside the unit if that costs nothing; else as few as need be in holes; else a member is moved. */
static bool place_in(struct trial *t, uint64_t bytes, bool carry)
{
	struct plan *plan = t->plan;
	uint32_t k;

	for (k = 0; k <= plan->nmoves; k++) {
		if (!put_some_in_holes(plan, k))
			continue;
		if (lay_out(t) <= bytes)
			return true;
		if (carry && carry_one(t, bytes))
			return true;
	}
	return false;
}

void plan_place(struct plan *plan, bool compact, struct arena *a)
{
	const struct record *r = plan->record;
	struct trial t = { .plan = plan,
			   .order = xcalloc(r->nfields + 1, sizeof(*t.order)),
			   .offsets = arena_alloc(a, (r->nfields + 1) * sizeof(*t.offsets)) };

	plan->offsets = t.offsets;
	if (!(compact && place_in(&t, r->bytes - 1, true)) &&
	    !place_in(&t, plan->tree_bytes, false) && !place_in(&t, plan->tree_bytes, true)) {
		put_all_beside(plan);
		lay_out(&t);
	}
	free(t.order);
}
