// SPDX-License-Identifier: GPL-2.0-only
/*
 * conflict.c - which two writes show that two fields of one unit conflict.
 */
#include "link.h"
#include "linuxmodel.h"

bool same_lock(const struct held *a, const struct held *b)
{
	if (a->name != b->name)
		return false;
	if (a->relation == REL_SELF && b->relation == REL_SELF)
		return a->rel == b->rel;
	if (a->relation == REL_GLOBAL && b->relation == REL_GLOBAL && a->rel && b->rel)
		return a->rel == b->rel;
	if (a->relation == REL_OTHER || b->relation == REL_OTHER)
		return a->relation == b->relation || a->relation == REL_UNKNOWN ||
		       b->relation == REL_UNKNOWN;
	return true;
}

bool share_lock(const struct write *a, const struct write *b, same_lock_fn *same)
{
	uint32_t i, j;

	for (i = 0; i < a->nheld; i++)
		for (j = 0; j < b->nheld; j++)
			if (same(&a->held[i], &b->held[j]) && (a->held[i].mode == MODE_EXCLUSIVE ||
							       b->held[j].mode == MODE_EXCLUSIVE))
				return true;
	return false;
}

uint32_t exclusive_count(const struct write *w)
{
	uint32_t i, n = 0;

	for (i = 0; i < w->nheld; i++)
		n += w->held[i].mode == MODE_EXCLUSIVE;
	return n;
}

/* --- which two may run at once, without a common lock */

/* Of one task, or of two tasks: but what interrupts a task may write its object, too. */
static bool by_one_task(const struct linux_model *m, const struct write *a, const struct write *b)
{
	return a->own && b->own && !linuxmodel_interrupts(m, a->context) &&
	       !linuxmodel_interrupts(m, b->context);
}

/* Two variables are two objects, and so are two members, wherever they are. */
static bool different_objects(const struct write *a, const struct write *b)
{
	if (a->place.record && b->place.record &&
	    (a->place.record != b->place.record || a->place.field != b->place.field))
		return true;
	return a->global && b->global && a->global != b->global;
}

static bool same_store(const struct write *a, const struct write *b)
{
	return a->whole && b->whole && a->loc.file == b->loc.file && a->loc.line == b->loc.line &&
	       a->loc.col == b->loc.col;
}

static bool may_race(const struct link *l, const struct unit_verdict *v, const struct write *a,
		     const struct write *b)
{
	return !same_store(a, b) && !different_objects(a, b) && !by_one_task(l->model, a, b) &&
	       !linuxmodel_is_frozen(l->model, a->context, b->context) &&
	       !share_lock(a, b, same_lock) && (a->once != b->once || !once_for(l, v, a->once));
}

/* --- writes that are alike */

#define COMPARE(x, y)                              \
	do {                                       \
		if ((x) != (y))                    \
			return (x) < (y) ? -1 : 1; \
	} while (0)

static int compare_places(const struct step *a, const struct step *b)
{
	COMPARE(a->record, b->record);
	COMPARE(a->field, b->field);
	return 0;
}

static int compare_locks(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->nheld, b->nheld);
	for (i = 0; i < a->nheld; i++) {
		COMPARE(a->held[i].name, b->held[i].name);
		COMPARE(a->held[i].mode, b->held[i].mode);
		COMPARE(a->held[i].relation, b->held[i].relation);
		COMPARE(a->held[i].rel, b->held[i].rel);
	}
	return 0;
}

/* What only a conflict that is believed otherwise is asked for. */
static int compare_ways(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->function, b->function);
	COMPARE(a->nchain > 1, b->nchain > 1);
	for (i = 0; i < a->nchain && i < 2; i++)
		COMPARE(a->chain[i], b->chain[i]);
	COMPARE(a->nvia, b->nvia);
	for (i = 0; i < a->nvia; i++) {
		COMPARE(a->via[i].record, b->via[i].record);
		COMPARE(a->via[i].function, b->via[i].function);
	}
	return 0;
}

/* 0: what conflicts with one conflicts with the other, and is believed as much. */
static int compare_writes(const struct write *a, const struct write *b)
{
	COMPARE(a->context, b->context);
	COMPARE(a->confidence, b->confidence);
	COMPARE((uintptr_t)a->doubt, (uintptr_t)b->doubt);
	COMPARE(a->unseen, b->unseen);
	COMPARE(a->own, b->own);
	COMPARE(a->race_ok, b->race_ok);
	COMPARE(a->once, b->once);
	COMPARE(a->global, b->global);
	if (compare_places(&a->place, &b->place))
		return compare_places(&a->place, &b->place);
	COMPARE(a->whole, b->whole);
	if (a->whole) {
		COMPARE(a->loc.file, b->loc.file);
		COMPARE(a->loc.line, b->loc.line);
		COMPARE(a->loc.col, b->loc.col);
	}
	if (compare_locks(a, b))
		return compare_locks(a, b);
	return a->confidence == CONF_HIGH && !a->unseen ? compare_ways(a, b) : 0;
}

static int by_likeness(const void *a, const void *b, void *writes)
{
	const struct write *w = writes;

	return compare_writes(&w[*(const uint32_t *)a], &w[*(const uint32_t *)b]);
}

/* Numbers the groups of runtime writes that are alike: of[w], NONE for another write. */
static uint32_t group_writes(const struct unit_verdict *v, uint32_t *of)
{
	uint32_t *order = xcalloc(v->nwrites, sizeof(*order)), n = 0, groups = 0, i;

	for (i = 0; i < v->nwrites; i++) {
		of[i] = NONE;
		if (v->writes[i].phase == PHASE_RUNTIME)
			order[n++] = i;
	}
	qsort_r(order, n, sizeof(*order), by_likeness, v->writes);
	for (i = 0; i < n; i++) {
		if (i && compare_writes(&v->writes[order[i - 1]], &v->writes[order[i]]))
			groups++;
		of[order[i]] = groups;
	}
	free(order);
	return n ? groups + 1 : 0;
}

/* Those of one place side by side, of none first. */
static int by_place(const void *a, const void *b, void *writes)
{
	const struct write *w = writes;

	return compare_places(&w[*(const uint32_t *)a].place, &w[*(const uint32_t *)b].place);
}

/* Of each group one write of the field, with the fewest calls; sorted by_place(). */
static uint32_t *representatives(const struct unit_verdict *v, const struct unit_field *f,
				 const uint32_t *of, uint32_t ngroups, uint32_t *n)
{
	uint32_t *best = xcalloc(ngroups, sizeof(*best)), *out = xcalloc(f->nwrites, sizeof(*out));
	uint32_t i, w;

	for (i = 0; i < ngroups; i++)
		best[i] = NONE;
	for (i = 0; i < f->nwrites; i++) {
		w = f->writes[i];
		if (of[w] != NONE &&
		    (best[of[w]] == NONE || v->writes[w].nchain < v->writes[best[of[w]]].nchain))
			best[of[w]] = w;
	}
	for (*n = i = 0; i < f->nwrites; i++) {
		w = f->writes[i];
		if (of[w] != NONE && best[of[w]] == w)
			out[(*n)++] = w;
	}
	qsort_r(out, *n, sizeof(*out), by_place, v->writes);
	free(best);
	return out;
}

/* --- the best of all that conflict */

/* Better witnesses first: believed, then unmarked, then fewer locks and calls, then the first. */
static bool better_witness(const struct unit_verdict *v, const struct conflict *a,
			   const struct conflict *b)
{
	const struct write *wa[2] = { &v->writes[a->write_a], &v->writes[a->write_b] };
	const struct write *wb[2] = { &v->writes[b->write_a], &v->writes[b->write_b] };
	uint32_t ka, kb;

	if ((wa[0]->unseen | wa[1]->unseen) != (wb[0]->unseen | wb[1]->unseen))
		return !(wa[0]->unseen | wa[1]->unseen);
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	ka = (wa[0]->race_ok | wa[1]->race_ok);
	kb = (wb[0]->race_ok | wb[1]->race_ok);
	if (ka != kb)
		return ka < kb;
	ka = wa[0]->whole + wa[1]->whole;
	kb = wb[0]->whole + wb[1]->whole;
	if (ka != kb)
		return ka < kb;
	ka = exclusive_count(wa[0]) + exclusive_count(wa[1]);
	kb = exclusive_count(wb[0]) + exclusive_count(wb[1]);
	if (ka != kb)
		return ka < kb;
	ka = wa[0]->nchain + wa[1]->nchain;
	kb = wb[0]->nchain + wb[1]->nchain;
	if (ka != kb)
		return ka < kb;
	return a->write_a != b->write_a ? a->write_a < b->write_a : a->write_b < b->write_b;
}

struct candidates {
	uint32_t n;
	uint32_t *writes; /* indexes into unit_verdict.writes, sorted by_place() */
};

struct search {
	const struct link *l;
	const struct unit_verdict *v;
	struct conflict best;
	bool found;
};

static void try_witness(struct search *s, struct conflict c)
{
	if ((s->found && !better_witness(s->v, &c, &s->best)) ||
	    !may_race(s->l, s->v, &s->v->writes[c.write_a], &s->v->writes[c.write_b]))
		return;
	believe_conflict(s->l, s->v, &c);
	if (!s->found || better_witness(s->v, &c, &s->best))
		s->best = c;
	s->found = true;
}

static const struct step *place_at(const struct search *s, const struct candidates *c, uint32_t i)
{
	return &s->v->writes[c->writes[i]].place;
}

/* The writes from index `i` on that are of `place` end before the one returned. */
static uint32_t place_end(const struct search *s, const struct candidates *c, uint32_t i,
			  const struct step *place)
{
	while (i < c->n && !compare_places(place_at(s, c, i), place))
		i++;
	return i;
}

/* Each of a[i..iend) with each of b[j..jend). */
static void try_all(struct search *s, const struct candidates *a, uint32_t i, uint32_t iend,
		    const struct candidates *b, uint32_t j, uint32_t jend, struct conflict c)
{
	uint32_t k;

	for (; i < iend; i++)
		for (k = j; k < jend; k++) {
			c.write_a = a->writes[i];
			c.write_b = b->writes[k];
			try_witness(s, c);
		}
}

/*
 * Writes of different places do not conflict, and there may be thousands of
 * places: the writes of each are held against those of the same one, and
 * against those of unknown places, which come first.
 */
static bool find_witness(struct search *s, const struct candidates *of, uint32_t a, uint32_t b)
{
	static const struct step unknown;
	const struct candidates *fa = &of[a], *fb = &of[b];
	struct conflict c = { .a = a, .b = b, .confidence = CONF_HIGH };
	uint32_t i = place_end(s, fa, 0, &unknown), j = place_end(s, fb, 0, &unknown), iend, jend;

	s->found = false;
	try_all(s, fa, 0, i, fb, 0, fb->n, c);
	try_all(s, fa, i, fa->n, fb, 0, j, c);
	for (; i < fa->n; i = iend, j = jend) {
		const struct step *place = place_at(s, fa, i);

		while (j < fb->n && compare_places(place_at(s, fb, j), place) < 0)
			j++;
		iend = place_end(s, fa, i, place);
		jend = place_end(s, fb, j, place);
		try_all(s, fa, i, iend, fb, j, jend, c);
	}
	return s->found;
}

void conflicts_find(struct link *l, struct unit_verdict *v)
{
	uint32_t *of = xcalloc(v->nwrites, sizeof(*of)), ngroups = group_writes(v, of), a, b;
	struct candidates *candidates = xcalloc(v->nfields, sizeof(*candidates));
	struct search s = { .l = l, .v = v };
	struct conflict *all = NULL;
	size_t n = 0, cap = 0;

	for (a = 0; a < v->nfields; a++)
		candidates[a].writes =
			representatives(v, &v->fields[a], of, ngroups, &candidates[a].n);
	for (a = 0; a < v->nfields; a++)
		for (b = a + 1; b < v->nfields; b++)
			if (find_witness(&s, candidates, a, b))
				*vec_add(all, n, cap) = s.best;
	v->nconflicts = (uint32_t)n;
	v->conflicts = arena_copy(l->arena, all, n * sizeof(*all));
	free(all);
	for (a = 0; a < v->nfields; a++)
		free(candidates[a].writes);
	free(candidates);
	free(of);
}
