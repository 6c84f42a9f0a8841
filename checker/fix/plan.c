// SPDX-License-Identifier: GPL-2.0-only
/* plan.c - what a patch changes in one record, or why the record has to stay as it is. */
#include "field_type.h"
#include "layout_users.h"
#include "placement.h"
#include "plan.h"
#include "plan_lookup.h"
#include "relayout.h"
#include "kernel/linuxmodel.h"

/* --- refusals */

/* Has the record neither pointers nor bool nor other records, as what a device or a program reads? */
static bool is_plain_data(const struct record *r)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if ((r->fields[i].flags & (FIELD_POINTER | FIELD_BOOL)) || r->fields[i].record)
			return false;
	return true;
}

/* Is it a type that the model lists as one with a byte order, or an array of it? */
static bool is_wire_type(const struct linux_model *m, str type)
{
	size_t n = strcspn(str_get(type), " [");

	return model_has(m, MODEL_WIRE_TYPE, str_intern_n(str_get(type), n));
}

/*
 * Does the record look like a message or hardware registers: plain data with members of a byte order, or
 * with bitfields for every bit of a word?
 */
static bool is_wire(const struct program *p, const struct fix_plan *plan)
{
	const struct record *r = plan->record;
	uint32_t i;

	if (!is_plain_data(r))
		return false;
	for (i = 0; i < r->nfields; i++)
		if (is_wire_type(p->model, r->fields[i].type))
			return true;
	for (i = 0; i < plan->nunits; i++) {
		const struct unit *u = plan->units[i]->unit;

		if (u->bit_size >= 32 && u->bit_size % 32 == 0)
			return true;
	}
	return false;
}

/* Does a union overlay bits of the units? */
static bool is_overlaid(const struct fix_plan *plan)
{
	const struct record *r = plan->record;
	uint32_t i;

	if (r->flags & RECORD_UNION)
		return true;
	for (i = 0; i < r->nfields; i++)
		if (plan_changes_unit_of(plan, i) && (r->fields[i].flags & FIELD_IN_UNION))
			return true;
	return false;
}

/* Why the layout of the record has to stay as it is, or NULL. */
static const char *refuse_record(const struct fix_plan *plan, const char *kdir, struct arena *a)
{
	const struct record *r = plan->record;
	uint32_t field;

	if (r->flags & RECORD_UAPI)
		return "it is part of the interface to user space";
	if (*str_get(r->loc.file) == '/')
		return "it is not declared in this tree";
	if (r->flags & RECORD_PACKED)
		return "it is packed: its layout is meant to be this one";
	if (is_overlaid(plan))
		return "a union overlays the bits, and other code may read them through it";
	if (is_wire(plan->program, plan))
		return "it looks like the layout of a message or of hardware registers";
	if (!relayout_explains(r, &field)) {
		if (field == r->nfields)
			return "its size is not what its members add up to";
		return arena_printf(a, "member %s is not where its type alone would put it",
				    str_get(r->fields[field].name));
	}
	return layout_users_forbid(plan->program, r, kdir, a);
}

/* --- moves */

/* Adds the fields of the unit that are to be split, until one is refused. */
static void add_moves(struct fix_plan *plan, const struct unit_verdict *u, const char *kdir,
		      struct arena *a)
{
	const struct program *p = plan->program;
	const uint32_t *split = p->strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = p->strict ? u->nstrict : u->nlifetime;
	const char *why;

	for (i = 0; i < n && !plan->refusal; i++) {
		const struct unit_field *uf = &u->fields[split[i]];
		struct field_move *m = &plan->moves[plan->nmoves++];

		m->judged = uf;
		m->unit = u;
		m->field = (uint32_t)(uf->field - u->record->fields);
		m->type = field_type_find(p, plan->record, uf->field, kdir, &m->bits, &why, a);
		if (!m->type)
			plan->refusal = why;
	}
}

void plan_make(struct fix_plan *plan, const char *kdir, bool compact, struct arena *a)
{
	uint32_t i;

	plan->nmoves = 0;
	plan->carried = NONE;
	plan->moves = arena_alloc(a, plan->record->nfields * sizeof(*plan->moves));
	plan->refusal = refuse_record(plan, kdir, a);
	for (i = 0; i < plan->nunits && !plan->refusal; i++)
		add_moves(plan, plan->units[i], kdir, a);
	if (!plan->refusal)
		placement_choose(plan, compact, a);
}
