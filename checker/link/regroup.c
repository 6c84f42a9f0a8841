// SPDX-License-Identifier: GPL-2.0-only
/* regroup.c - the verdicts of a program for another layout of its records. */
#include "regroup.h"

/* The field of that name in a verdict, as an index; NONE: it has none. */
static uint32_t field_judged(const struct unit_verdict *v, str name)
{
	uint32_t i;

	for (i = 0; i < v->nfields; i++)
		if (v->fields[i].field->name == name)
			return i;
	return NONE;
}

/* The verdict before on the unit that a field of the record was in, or NULL. */
static const struct unit_verdict *verdict_of(const struct program *before, const struct record *r,
					     const struct field *f)
{
	size_t i;

	for (i = 0; i < before->nverdicts; i++)
		if (before->verdicts[i].record->key == r->key &&
		    field_judged(&before->verdicts[i], f->name) != NONE)
			return &before->verdicts[i];
	return NULL;
}

static bool is_judged(const struct program *before, const struct record *r)
{
	size_t i;

	for (i = 0; i < before->nverdicts; i++)
		if (before->verdicts[i].record->key == r->key)
			return true;
	return false;
}

/* Takes the fields of the unit, all of which are of the unit `old`. */
static bool take_fields(struct unit_verdict *v, const struct program *before, struct arena *a,
			const struct unit_verdict **old)
{
	const struct field *f;
	uint32_t i;

	*old = NULL;
	v->fields = arena_alloc(a, (v->unit->last - v->unit->first + 1) * sizeof(*v->fields));
	for (i = v->unit->first; i <= v->unit->last; i++) {
		const struct unit_verdict *was;

		f = &v->record->fields[i];
		if (!f->name || !(f->flags & FIELD_BITFIELD))
			continue;
		was = verdict_of(before, v->record, f);
		if (!was || (*old && was != *old))
			return false;
		*old = was;
		v->fields[v->nfields] = was->fields[field_judged(was, f->name)];
		v->fields[v->nfields++].field = f;
	}
	return true;
}

/* Takes the conflicts of which both fields are in the unit. */
static void take_conflicts(struct unit_verdict *v, const struct unit_verdict *old, struct arena *a)
{
	uint32_t i;

	v->conflicts = arena_alloc(a, (old->nconflicts + 1) * sizeof(*v->conflicts));
	for (i = 0; i < old->nconflicts; i++) {
		struct conflict c = old->conflicts[i];

		c.a = field_judged(v, old->fields[c.a].field->name);
		c.b = field_judged(v, old->fields[c.b].field->name);
		if (c.a == NONE || c.b == NONE)
			continue;
		if (c.confidence > v->confidence)
			v->confidence = c.confidence;
		v->conflicts[v->nconflicts++] = c;
	}
}

static void judge(struct unit_verdict *v, const struct unit_verdict *old)
{
	uint32_t i, runtime = 0;

	for (i = 0; i < v->nfields; i++)
		runtime += v->fields[i].lifetime == PHASE_RUNTIME;
	v->handed = old->handed;
	v->acknowledged = old->acknowledged && v->nconflicts;
	v->why_unknown = v->nfields > 1 ? old->why_unknown : 0;
	v->writes = old->writes;
	v->nwrites = old->nwrites;
	v->verdict = v->nconflicts		? VERDICT_RACY :
		     v->why_unknown		? VERDICT_UNKNOWN :
		     runtime >= 2 && !v->handed ? VERDICT_SERIALIZED :
						  VERDICT_STABLE;
}

bool verdicts_regroup(struct program *now, const struct program *before, struct arena *a)
{
	const struct unit_verdict *old;
	struct unit_verdict *v;
	size_t r, units = 0;
	uint32_t u;

	for (r = 0; r < now->nrecords; r++)
		units += now->records[r].nunits;
	now->verdicts = arena_alloc(a, (units + 1) * sizeof(*now->verdicts));
	now->nverdicts = 0;
	for (r = 0; r < now->nrecords; r++)
		for (u = 0; is_judged(before, &now->records[r]) && u < now->records[r].nunits;
		     u++) {
			v = &now->verdicts[now->nverdicts];
			*v = (struct unit_verdict){ .record = &now->records[r],
						    .unit = &now->records[r].units[u] };
			if (!take_fields(v, before, a, &old))
				return false;
			if (!old)
				continue;
			take_conflicts(v, old, a);
			judge(v, old);
			now->nverdicts++;
		}
	return true;
}
