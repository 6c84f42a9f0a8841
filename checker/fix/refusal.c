// SPDX-License-Identifier: GPL-2.0-only
/* refusal.c - why a record has to stay as it is, whatever would be changed in it. */
#include "base/uses.h"
#include "plan_lookup.h"
#include "refusal.h"
#include "relayout.h"
#include "kernel/linuxmodel.h"

/* "FILE:LINE" */
static const char *at(const struct loc *loc, struct arena *a)
{
	return arena_printf(a, "%s:%u", str_get(loc->file), loc->line);
}

/* --- data that others read */

#define DEPTH_MAX 8 /* of records in records; no kernel struct has more */

static const struct record *record_of(const struct program *p, str key)
{
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (p->records[i].key == key)
			return &p->records[i];
	return NULL;
}

/* Is a record of that type a lock, or the like, which only the kernel uses? */
static bool is_own_type(const struct linux_model *m, str key)
{
	return model_has(m, MODEL_LOCK_TYPE, str_unqualified(key)) ||
	       model_has(m, MODEL_SHARED, str_unqualified(key));
}

/*
 * Has the record a member that no device or program reads: a pointer, a bool or a lock, maybe in another record?
 * `unknown`: the answer for a record without bitfields, of which nothing is known.
 */
static bool has_own_members(const struct program *p, const struct record *r, bool unknown,
			    int depth)
{
	const struct record *inner;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];

		if (f->flags & (FIELD_POINTER | FIELD_BOOL))
			return true;
		if (!f->record)
			continue;
		inner = depth < DEPTH_MAX ? record_of(p, f->record) : NULL;
		if (is_own_type(p->model, f->record) ||
		    (inner ? has_own_members(p, inner, unknown, depth + 1) : unknown))
			return true;
	}
	return false;
}

/* Is it a type that the model lists as one with a byte order, or an array of it? */
static bool is_wire_type(const struct linux_model *m, str type)
{
	size_t n = strcspn(str_get(type), " [");

	return model_has(m, MODEL_WIRE_TYPE, str_intern_n(str_get(type), n));
}

/* Is it a member of a record of the kernel's own, which has pointers and the like? */
static bool is_part_of_own(const struct program *p, const struct record *r)
{
	bool found = false;
	uint32_t j;
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		for (j = 0; j < p->records[i].nfields; j++) {
			const struct field *f = &p->records[i].fields[j];

			if (f->record != r->key || (f->flags & FIELD_POINTER))
				continue;
			if (!has_own_members(p, &p->records[i], false, 0))
				return false;
			found = true;
		}
	return found;
}

/* Does the function copy such a record as a whole, or hand on where one is? */
static bool takes_whole(const struct function *f, str key)
{
	uint32_t i, j;

	for (i = 0; i < f->ncalls; i++)
		for (j = 0; j < f->calls[i].nargs; j++)
			if (f->calls[i].args[j]->type == key)
				return true;
	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++) {
			const struct event *e = &f->blocks[i].events[j];

			if ((e->kind == EV_ACCESS && !e->field && e->obj->type == key) ||
			    (e->kind == EV_STORE && e->src->type == key))
				return true;
		}
	return false;
}

/* Is it used by its members alone, as a part of a record of the kernel's own? */
static bool is_group_of_flags(const struct program *p, const struct record *r)
{
	size_t i;

	if (!is_part_of_own(p, r))
		return false;
	for (i = 0; i < p->nfunctions; i++)
		if (takes_whole(&p->functions[i], r->key))
			return false;
	return true;
}

/* A message has members of a byte order; a register has bitfields for every bit of a word. */
static const char *refuse_wire(const struct fix_plan *plan, struct arena *a)
{
	const struct record *r = plan->record;
	uint32_t i;

	if (has_own_members(plan->program, r, true, 0))
		return NULL;
	for (i = 0; i < r->nfields; i++)
		if (is_wire_type(plan->program->model, r->fields[i].type))
			return arena_printf(
				a,
				"it is a message: %s at %s has the byte order of %s, and there is no pointer, bool or other struct in it",
				str_get(r->fields[i].name), at(&r->fields[i].loc, a),
				str_get(r->fields[i].type));
	for (i = 0; i < plan->nunits; i++) {
		const struct unit *u = plan->units[i]->unit;

		if (u->bit_size >= 32 && u->bit_size % 32 == 0 &&
		    !is_group_of_flags(plan->program, plan->units[0]->record))
			return arena_printf(
				a,
				"it is a register: the bitfields from %s at %s on fill %llu bits, and there is no pointer, bool or other struct in it",
				str_get(r->fields[u->first].name), at(&r->fields[u->first].loc, a),
				(unsigned long long)u->bit_size);
	}
	return NULL;
}

/* --- unions */

static bool overlap(const struct field *f, const struct unit *u)
{
	return f->bit_offset < u->bit_offset + u->bit_size &&
	       u->bit_offset < f->bit_offset + f->bit_size;
}

/* Is it a member that overlays the unit, and not one of its fields? */
static bool is_overlay(const struct fix_plan *plan, uint32_t i)
{
	const struct record *r = plan->units[0]->record; /* where the units are */
	uint32_t j;

	if (plan_changes_unit_of(plan, i) || !r->fields[i].name ||
	    !(r->fields[i].flags & FIELD_IN_UNION))
		return false;
	for (j = 0; j < plan->nunits; j++)
		if (overlap(&r->fields[i], plan->units[j]->unit))
			return true;
	return false;
}

/* Who reads the member of the record, ", which f() at FILE:LINE reads"; or "". */
static const char *reader_of(const struct fix_plan *plan, str record, str member, struct arena *a)
{
	const struct program *p = plan->program;
	size_t i;

	for (i = 0; i < p->nuses; i++) {
		const struct member_use *u = &p->uses[i];

		if (u->kind == USE_OVERLAY && u->record == record && u->field == member)
			return arena_printf(a, ", which %s%s at %s reads",
					    u->function ? str_get(str_unqualified(u->function)) :
							  "an initialiser",
					    u->function ? "()" : "", at(&u->loc, a));
	}
	return "";
}

static const char *reader(const struct fix_plan *plan, str member, struct arena *a)
{
	return reader_of(plan, plan->record->key, member, a);
}

/* ", and f() at FILE:LINE stores to all of them at once", if a function does at runtime; or "". */
static const char *storer(const struct fix_plan *plan, struct arena *a)
{
	uint32_t i, j;

	for (i = 0; i < plan->nunits; i++)
		for (j = 0; j < plan->units[i]->nwrites; j++) {
			const struct write *w = &plan->units[i]->writes[j];
			str name = plan->program->functions[w->function].name;

			if (w->whole && w->phase == PHASE_RUNTIME)
				return arena_printf(
					a, ", and %s() at %s stores to all of them at once",
					str_get(name), at(&w->loc, a));
		}
	return "";
}

static const char *refuse_union(const struct fix_plan *plan, struct arena *a)
{
	const struct record *r = plan->record;
	const struct field *first = NULL;
	const char *by;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		if (!is_overlay(plan, i))
			continue;
		by = reader(plan, r->fields[i].name, a);
		first = first && !*by ? first : &r->fields[i];
		if (*by)
			break;
	}
	if (first) {
		by = reader(plan, first->name, a);
		return arena_printf(a, "%s at %s shares the bits in a union%s",
				    str_get(first->name), at(&first->loc, a),
				    *by ? by : storer(plan, a));
	}
	for (i = 0; i < r->nfields; i++)
		if (plan_changes_unit_of(plan, i) && (r->fields[i].flags & FIELD_IN_UNION))
			return arena_printf(a, "%s at %s is in a union: no layout is planned there",
					    str_get(r->fields[i].name), at(&r->fields[i].loc, a));
	return NULL;
}

/* A number in `outer` that shares the bits of its member `inner`, a record, in a union; or NULL. */
static const struct field *number_over(const struct record *outer, const struct field *inner)
{
	uint32_t i;

	for (i = 0; i < outer->nfields; i++) {
		const struct field *f = &outer->fields[i];

		if (f != inner && f->name && !f->record &&
		    !(f->flags & (FIELD_BITFIELD | FIELD_POINTER)) &&
		    f->bit_offset < inner->bit_offset + inner->bit_size &&
		    inner->bit_offset < f->bit_offset + f->bit_size)
			return f;
	}
	return NULL;
}

/* Is the record a member of a union whose other member is a number with the same bits? */
static const char *refuse_member_of_union(const struct fix_plan *plan, struct arena *a)
{
	const struct program *p = plan->program;
	const struct field *number;
	uint32_t j;
	size_t i;

	for (i = 0; i < p->nrecords; i++) {
		const struct record *outer = &p->records[i];

		for (j = 0; j < outer->nfields; j++) {
			if (outer->fields[j].record != plan->record->key ||
			    (outer->fields[j].flags & (FIELD_POINTER | FIELD_ARRAY)))
				continue;
			number = number_over(outer, &outer->fields[j]);
			if (number)
				return arena_printf(a,
						    "%s at %s is a number with all of its bits%s",
						    str_get(number->name), at(&number->loc, a),
						    reader_of(plan, outer->key, number->name, a));
		}
	}
	return NULL;
}

/* --- */

const char *refusal_of_record(const struct fix_plan *plan, struct arena *a)
{
	const struct record *r = plan->record;
	const char *why;
	uint32_t i;

	if (r->variant_of)
		return arena_printf(a, "files that set other macros lay it out otherwise than %s",
				    at(&r->loc, a));
	if (r->flags & RECORD_UAPI)
		return arena_printf(a, "%s is an interface to user space", at(&r->loc, a));
	if (*str_get(r->loc.file) == '/')
		return arena_printf(a, "%s is not in this tree", at(&r->loc, a));
	if (r->flags & RECORD_PACKED)
		return arena_printf(a, "%s declares it packed: its layout is meant to be this one",
				    at(&r->loc, a));
	if (r->flags & RECORD_UNION)
		return arena_printf(a, "%s is a union: all of its members share the bits",
				    at(&r->loc, a));
	why = refuse_union(plan, a);
	if (!why)
		why = refuse_member_of_union(plan, a);
	if (!why)
		why = refuse_wire(plan, a);
	if (why || relayout_explains(r, &i))
		return why;
	if (i == r->nfields)
		return arena_printf(a, "%s: its %llu bytes are not what its members add up to",
				    at(&r->loc, a), (unsigned long long)r->bytes);
	return arena_printf(a, "%s at %s is not where its type alone would put it",
			    str_get(r->fields[i].name), at(&r->fields[i].loc, a));
}

const char *refusal_of_removal(const struct fix_plan *plan, struct arena *a)
{
	const struct record *r = plan->units[0]->record;
	const char *why = refusal_of_record(plan, a);

	if (why || has_own_members(plan->program, r, false, 0) ||
	    is_group_of_flags(plan->program, r))
		return why;
	return arena_printf(a,
			    "a device may read it: there is no pointer or bool in the struct at %s",
			    at(&r->loc, a));
}
