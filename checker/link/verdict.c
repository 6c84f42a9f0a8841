// SPDX-License-Identifier: GPL-2.0-only
/*
 * verdict.c - which lock guards a field, the unit's verdict, and which fields a
 * fix moves out of the unit.
 */
#include "verdict.h"
#include "claim_check.h"
#include "confidence.h"
#include "conflict.h"
#include "limit.h"
#include "lock_compare.h"
#include "lock_name.h"
#include "writes.h"

static bool is_runtime(const struct write *w)
{
	return w->phase == PHASE_RUNTIME;
}

static uint32_t field_lifetime(const struct unit_verdict *v, const struct unit_field *f)
{
	uint32_t i, phase, out = PHASE_NEVER;

	for (i = 0; i < f->nwrites; i++) {
		phase = v->writes[f->writes[i]].phase;
		if (phase == PHASE_RUNTIME)
			return phase;
		if (out != PHASE_SETUP)
			out = phase;
	}
	return out;
}

static bool holds_exclusively(const struct write *w, const struct held *h)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].mode == MODE_EXCLUSIVE && same_lock(&w->held[i], h))
			return true;
	return false;
}

static bool guards_all(const struct unit_verdict *v, const struct unit_field *f,
		       const struct held *h)
{
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (is_runtime(w) && !holds_exclusively(w, h))
			return false;
	}
	return true;
}

/* Nearer locks make better guards: the object's own before a subsystem's. */
static int guard_rank(const struct held *h)
{
	if (is_pseudo_lock(h->name))
		return 5;
	switch (h->relation) {
	case REL_SELF:
		return 0;
	case REL_VIA:
		return 1;
	case REL_GLOBAL:
		return 4;
	default:
		return h->in_frame ? 2 : 3;
	}
}

static str field_guard(const struct unit_verdict *v, const struct unit_field *f)
{
	const struct held *best = NULL;
	uint32_t i, j;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (!is_runtime(w))
			continue;
		for (j = 0; j < w->nheld; j++) {
			const struct held *h = &w->held[j];

			if (h->mode == MODE_EXCLUSIVE && guards_all(v, f, h) &&
			    (!best || guard_rank(h) < guard_rank(best)))
				best = h;
		}
		break;
	}
	return best ? best->name : 0;
}

static void fill_fields(struct link *l, struct unit_verdict *v, const struct collected *c)
{
	const struct record *r = v->record;
	uint32_t i, w;

	v->fields =
		arena_alloc(l->arena, (v->unit->last - v->unit->first + 1) * sizeof(*v->fields));
	for (i = v->unit->first; i <= v->unit->last; i++) {
		struct unit_field *f = &v->fields[v->nfields];

		if (!r->fields[i].name || !(r->fields[i].flags & FIELD_BITFIELD))
			continue;
		v->nfields++;
		f->field = &r->fields[i];
		f->writes = arena_alloc(l->arena, c->n * sizeof(uint32_t));
		for (w = 0; w < c->n; w++)
			if (c->fields[w] == NONE || c->fields[w] == i)
				f->writes[f->nwrites++] = w;
		f->lifetime = field_lifetime(v, f);
		f->guard = f->lifetime == PHASE_RUNTIME ? field_guard(v, f) : 0;
	}
}

static bool conflict_unseen(const struct unit_verdict *v, const struct conflict *c)
{
	return v->writes[c->write_a].unseen || v->writes[c->write_b].unseen;
}

static bool conflict_race_ok(const struct unit_verdict *v, const struct conflict *c)
{
	return v->writes[c->write_a].race_ok || v->writes[c->write_b].race_ok ||
	       v->fields[c->a].field->flags & FIELD_RACE_OK ||
	       v->fields[c->b].field->flags & FIELD_RACE_OK || v->fields[c->a].accepted ||
	       v->fields[c->b].accepted;
}

/* Conflicts that rest on callers nobody saw prove nothing: they are not judged. */
static void drop_unseen(struct unit_verdict *v)
{
	uint32_t i, n = 0;

	for (i = 0; i < v->nconflicts; i++)
		if (!conflict_unseen(v, &v->conflicts[i]))
			v->conflicts[n++] = v->conflicts[i];
		else if (!v->why_unknown)
			v->why_unknown = str_printf(
				"the callers of %s(), which writes %s, were not analysed",
				str_get(v->writes[v->writes[v->conflicts[i].write_a].unseen ?
							  v->conflicts[i].write_a :
							  v->conflicts[i].write_b]
						.chain[0]),
				str_get(v->fields[v->writes[v->conflicts[i].write_a].unseen ?
							  v->conflicts[i].a :
							  v->conflicts[i].b]
						.field->name));
	v->nconflicts = n;
}

static bool same_directory(const char *a, const char *b)
{
	const char *sa = strrchr(a, '/'), *sb = strrchr(b, '/');
	size_t na = sa ? (size_t)(sa - a) : 0, nb = sb ? (size_t)(sb - b) : 0;

	return na == nb && !strncmp(a, b, na);
}

/* A file that was not analysed may hold writers, if its neighbours do or the struct is theirs. */
static void doubt_failed(const struct link *l, struct unit_verdict *v)
{
	const struct program *p = l->p;
	uint32_t w;
	size_t i;

	for (i = 0; i < p->nfailed && !v->why_unknown; i++) {
		bool near = same_directory(p->failed[i].file, str_get(v->record->loc.file));

		for (w = 0; w < v->nwrites && !near; w++)
			near = same_directory(
				p->failed[i].file,
				str_get(p->functions[v->writes[w].function].loc.file));
		if (near)
			v->why_unknown = str_printf("%s, which may write it, was not analysed",
						    p->failed[i].file);
	}
}

static void fill_verdict(const struct link *l, struct unit_verdict *v)
{
	uint32_t i, runtime = 0;
	bool all_ok = true;

	drop_unseen(v);
	if (!v->handed && v->nfields > 1)
		doubt_failed(l, v);
	for (i = 0; i < v->nfields; i++)
		runtime += v->fields[i].lifetime == PHASE_RUNTIME;
	for (i = 0; i < v->nconflicts; i++) {
		if (v->conflicts[i].confidence > v->confidence)
			v->confidence = v->conflicts[i].confidence;
		all_ok &= conflict_race_ok(v, &v->conflicts[i]);
	}
	v->verdict = v->nconflicts		? VERDICT_RACY :
		     v->why_unknown		? VERDICT_UNKNOWN :
		     runtime >= 2 && !v->handed ? VERDICT_SERIALIZED :
						  VERDICT_STABLE;
	v->acknowledged = v->verdict == VERDICT_RACY && all_ok;
	if (v->verdict != VERDICT_RACY)
		v->confidence = CONF_HIGH;
}

/* --- what to split */

static bool has_unlocked_write(const struct unit_verdict *v, uint32_t f)
{
	uint32_t i;

	for (i = 0; i < v->fields[f].nwrites; i++) {
		const struct write *w = &v->writes[v->fields[f].writes[i]];

		if (is_runtime(w) && !exclusive_count(w))
			return true;
	}
	return false;
}

static uint32_t degree(const struct unit_verdict *v, uint32_t f)
{
	uint32_t i, n = 0;

	for (i = 0; i < v->nconflicts; i++)
		n += v->conflicts[i].a == f || v->conflicts[i].b == f;
	return n;
}

static bool moves_before(const struct unit_verdict *v, uint32_t a, uint32_t b)
{
	bool ua = has_unlocked_write(v, a), ub = has_unlocked_write(v, b);

	if (ua != ub)
		return ua;
	if (degree(v, a) != degree(v, b))
		return degree(v, a) > degree(v, b);
	return a < b;
}

/* Fields with a conflict, the ones to rather move first. */
static uint32_t conflicting_fields(const struct unit_verdict *v, uint32_t *out)
{
	uint32_t f, n = 0, i;

	for (f = 0; f < v->nfields; f++) {
		if (!degree(v, f))
			continue;
		for (i = n++; i && moves_before(v, f, out[i - 1]); i--)
			out[i] = out[i - 1];
		out[i] = f;
	}
	return n;
}

static bool covers(const struct unit_verdict *v, const uint32_t *order, uint32_t n, uint32_t set)
{
	uint32_t i, k;
	uint64_t in = 0;

	for (k = 0; k < n; k++)
		if (set >> k & 1)
			in |= UINT64_C(1) << order[k];
	for (i = 0; i < v->nconflicts; i++)
		if (!((in >> v->conflicts[i].a | in >> v->conflicts[i].b) & 1))
			return false;
	return true;
}

/* The next larger number with as many bits set. */
static uint32_t next_combination(uint32_t set)
{
	uint32_t low = set & -set, ripple = set + low;

	return ripple | ((set ^ ripple) >> 2) / low;
}

/*
 * Minimum vertex cover.  Bit k of a set is the k-th field in order of
 * preference, so among sets of one size the first that covers, counting up, is
 * the one that leaves the fields best kept.
 */
static uint32_t minimum_cover(const struct unit_verdict *v, const uint32_t *order, uint32_t n)
{
	uint32_t size, set;

	for (size = 1; size < n; size++)
		for (set = (1u << size) - 1; set < 1u << n; set = next_combination(set))
			if (covers(v, order, n, set))
				return set;
	return (1u << n) - 1;
}

static int by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void fill_splits(struct link *l, struct unit_verdict *v)
{
	uint32_t *order = xcalloc(v->nfields, sizeof(*order)), n, k, set, f;

	v->split_lifetime = arena_alloc(l->arena, v->nfields * sizeof(uint32_t));
	v->split_strict = arena_alloc(l->arena, v->nfields * sizeof(uint32_t));
	for (f = 0; f < v->nfields; f++)
		if (v->fields[f].lifetime == PHASE_RUNTIME)
			v->split_lifetime[v->nlifetime++] = f;
	n = conflicting_fields(v, order);
	if (n > COVER_MAX || v->nfields > 64) {
		limit_met_at(l, LIMIT_COVER, &v->fields[0].field->loc, v->record->name);
		memcpy(v->split_strict, order, n * sizeof(*order));
		v->nstrict = n;
	} else {
		set = minimum_cover(v, order, n);
		for (k = 0; k < n; k++)
			if (set >> k & 1)
				v->split_strict[v->nstrict++] = order[k];
	}
	qsort(v->split_strict, v->nstrict, sizeof(uint32_t), by_index);
	free(order);
}

static void judge_unit(struct link *l, struct collected *c, struct unit_verdict *v)
{
	v->record = c->record;
	v->unit = &c->record->units[c->unit];
	v->nwrites = (uint32_t)c->n;
	v->writes = arena_copy(l->arena, c->writes, c->n * sizeof(*c->writes));
	fill_fields(l, v, c);
	collected_drop(c);
	claims_accept(l, v);
	v->handed = record_is_handed(l, v->record);
	if (!v->handed)
		conflicts_find(l, v);
	fill_verdict(l, v);
	claims_check(l, v);
	if (v->verdict == VERDICT_RACY)
		fill_splits(l, v);
}

void verdict_judge(struct link *l)
{
	struct program *p = l->p;
	struct collected **all;
	size_t i, r;
	uint32_t u;

	/* A unit nothing writes is stable, and listed. */
	for (r = 0; r < p->nrecords; r++)
		for (u = 0; u < p->records[r].nunits; u++)
			collected_get(l, &p->records[r], u);
	records_carried(l);
	all = collected_sorted(l, &p->nverdicts);
	p->verdicts = arena_alloc(l->arena, p->nverdicts * sizeof(*p->verdicts));
	for (i = 0; i < p->nverdicts; i++)
		judge_unit(l, all[i], &p->verdicts[i]);
	p->stats.units = (uint32_t)p->nverdicts;
	p->stats.functions = (uint32_t)p->nfunctions;
	collected_free(l);
}
