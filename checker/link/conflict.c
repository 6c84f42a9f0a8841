// SPDX-License-Identifier: GPL-2.0-only
/*
 * conflict.c - which two writes show that two fields of one unit conflict.
 */
#include "conflict.h"
#include "confidence.h"
#include "kernel/linuxmodel.h"
#include "lock_compare.h"
#include "oneshot.h"

#define COMPARE(x, y)                              \
	do {                                       \
		if ((x) != (y))                    \
			return (x) < (y) ? -1 : 1; \
	} while (0)

static int compare_members(const struct step *a, const struct step *b)
{
	COMPARE(a->record, b->record);
	COMPARE(a->field, b->field);
	return 0;
}

static int compare_locs(const struct loc *a, const struct loc *b)
{
	COMPARE(a->file, b->file);
	COMPARE(a->line, b->line);
	COMPARE(a->col, b->col);
	return 0;
}

/* --- which two may run at once, without a common lock */

/* What interrupts a task may write its object, too: but then it may leave all as it was. */
static bool of_its_task(const struct linux_model *m, const struct write *w)
{
	return w->own && (w->restored || !model_has(m, MODEL_INTERRUPT, w->context));
}

/* Of one task, or of two tasks. */
static bool by_one_task(const struct linux_model *m, const struct write *a, const struct write *b)
{
	return of_its_task(m, a) && of_its_task(m, b);
}

/* Two variables are two objects, and so are two members, wherever they are. */
static bool different_objects(const struct write *a, const struct write *b)
{
	if (a->member.record && b->member.record && compare_members(&a->member, &b->member))
		return true;
	return a->global && b->global && a->global != b->global;
}

static bool same_store(const struct write *a, const struct write *b)
{
	return a->whole && b->whole && !compare_locs(&a->loc, &b->loc);
}

static bool may_race(const struct link *l, const struct unit_verdict *v, const struct write *a,
		     const struct write *b)
{
	return !different_objects(a, b) && !by_one_task(l->model, a, b) &&
	       !model_has_pair(l->model, MODEL_FROZEN, a->context, b->context) &&
	       !share_lock(a, b, same_lock) && (a->once != b->once || !oneshot_for(l, v, a->once));
}

/* --- writes that are alike */

static int compare_locks(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->nheld, b->nheld);
	for (i = 0; i < a->nheld; i++) {
		COMPARE(a->held[i].name, b->held[i].name);
		COMPARE(a->held[i].mode, b->held[i].mode);
		COMPARE(a->held[i].relation, b->held[i].relation);
		COMPARE(a->held[i].rel, b->held[i].rel);
		COMPARE(a->held[i].in_frame, b->held[i].in_frame);
	}
	return 0;
}

/* 0: what races with one races with the other. */
static int compare_races(const struct write *a, const struct write *b)
{
	int order = compare_members(&a->member, &b->member);

	if (order)
		return order;
	COMPARE(a->context, b->context);
	COMPARE(a->own, b->own);
	COMPARE(a->restored, b->restored);
	COMPARE(a->once, b->once);
	COMPARE(a->global, b->global);
	return compare_locks(a, b);
}

/* What only a conflict that is believed otherwise is asked for. */
static int compare_ways(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->function, b->function);
	COMPARE(a->together, b->together);
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

/* 0: and a conflict with one is believed as much as with the other. */
static int compare_writes(const struct write *a, const struct write *b)
{
	int order = compare_races(a, b);

	if (order)
		return order;
	COMPARE(a->confidence, b->confidence);
	COMPARE(a->doubt, b->doubt);
	COMPARE(a->unseen, b->unseen);
	COMPARE(a->race_ok, b->race_ok);
	COMPARE(a->whole, b->whole);
	order = a->whole ? compare_locs(&a->loc, &b->loc) : 0;
	if (order)
		return order;
	return a->confidence == CONF_HIGH && !a->unseen ? compare_ways(a, b) : 0;
}

static int by_likeness(const void *a, const void *b, void *writes)
{
	const struct write *w = writes;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int c = compare_writes(&w[x], &w[y]);

	return c ? c : x < y ? -1 : x > y;
}

/* The runtime writes of a unit, those that are alike side by side. */
struct groups {
	uint32_t n, nraces, nalike;
	uint32_t *sorted; /* indexes into unit_verdict.writes */
	uint32_t *races;  /* of sorted[i]: the number of those that race alike */
	uint32_t *alike;  /* ... that are alike in all */
};

static void group_writes(const struct unit_verdict *v, struct groups *g)
{
	uint32_t i;

	*g = (struct groups){ .sorted = xcalloc(v->nwrites, sizeof(*g->sorted)),
			      .races = xcalloc(v->nwrites, sizeof(*g->races)),
			      .alike = xcalloc(v->nwrites, sizeof(*g->alike)) };
	for (i = 0; i < v->nwrites; i++)
		if (v->writes[i].phase == PHASE_RUNTIME)
			g->sorted[g->n++] = i;
	qsort_r(g->sorted, g->n, sizeof(*g->sorted), by_likeness, v->writes);
	for (i = 0; i < g->n; i++) {
		const struct write *w = &v->writes[g->sorted[i]];
		const struct write *before = i ? &v->writes[g->sorted[i - 1]] : NULL;

		g->nraces += !before || compare_races(before, w);
		g->nalike += !before || compare_writes(before, w);
		g->races[i] = g->nraces - 1;
		g->alike[i] = g->nalike - 1;
	}
}

static void groups_free(struct groups *g)
{
	free(g->sorted);
	free(g->races);
	free(g->alike);
}

/* --- how good a witness is */

/* The less the better, from the first on. */
struct merit {
	bool unseen;
	uint32_t disbelief; /* CONF_HIGH - confidence */
	bool race_ok;
	uint32_t whole, locks, calls;
};

static struct merit merit_of(const struct write *w)
{
	return (struct merit){ .unseen = w->unseen,
			       .disbelief = CONF_HIGH - write_confidence(w),
			       .race_ok = w->race_ok,
			       .whole = w->whole,
			       .locks = exclusive_count(w),
			       .calls = w->nchain };
}

#define LESS(x, y) ((x) < (y) ? (x) : (y))
#define MORE(x, y) ((x) > (y) ? (x) : (y))

/* Not worse than any of both. */
static struct merit merit_bound(const struct merit *a, const struct merit *b)
{
	return (struct merit){ a->unseen && b->unseen,	 LESS(a->disbelief, b->disbelief),
			       a->race_ok && b->race_ok, LESS(a->whole, b->whole),
			       LESS(a->locks, b->locks), LESS(a->calls, b->calls) };
}

static struct merit merit_of_both(const struct merit *a, const struct merit *b)
{
	return (struct merit){ a->unseen || b->unseen,	 MORE(a->disbelief, b->disbelief),
			       a->race_ok || b->race_ok, a->whole + b->whole,
			       a->locks + b->locks,	 a->calls + b->calls };
}

static int compare_merits(const struct merit *a, const struct merit *b)
{
	COMPARE(a->unseen, b->unseen);
	COMPARE(a->disbelief, b->disbelief);
	COMPARE(a->race_ok, b->race_ok);
	COMPARE(a->whole, b->whole);
	COMPARE(a->locks, b->locks);
	COMPARE(a->calls, b->calls);
	return 0;
}

/* --- the writes of a field that are tried */

/* Some that race alike. */
struct batch {
	uint32_t races; /* the number of its kind */
	uint32_t n;
	const uint32_t *writes; /* indexes into unit_verdict.writes */
	struct merit bound;	/* none of them is better */
};

struct candidates {
	uint32_t n;
	struct batch *batches; /* those of one member side by side, of none first */
	uint32_t *writes;
};

static void add_candidate(struct candidates *c, const uint32_t *at, uint32_t races,
			  const struct merit *m)
{
	struct batch *b = c->n ? &c->batches[c->n - 1] : NULL;

	if (b && b->races == races) {
		b->bound = merit_bound(&b->bound, m);
		b->n++;
	} else {
		c->batches[c->n++] = (struct batch){ races, 1, at, *m };
	}
}

/* Of those that are alike one stands for all: with the fewest calls, then the first. */
static void pick_candidates(const struct unit_verdict *v, const struct groups *g,
			    const struct merit *merits, const struct unit_field *f,
			    struct candidates *c)
{
	bool *of_field = xcalloc(v->nwrites, sizeof(*of_field));
	uint32_t i, best, n = 0;

	*c = (struct candidates){ .batches = xcalloc(g->nraces, sizeof(*c->batches)),
				  .writes = xcalloc(g->nalike, sizeof(*c->writes)) };
	for (i = 0; i < f->nwrites; i++)
		of_field[f->writes[i]] = true;
	for (i = 0; i < g->n;) {
		uint32_t first = i;

		for (best = NONE; i < g->n && g->alike[i] == g->alike[first]; i++) {
			uint32_t w = g->sorted[i];

			if (of_field[w] &&
			    (best == NONE || v->writes[w].nchain < v->writes[best].nchain))
				best = w;
		}
		if (best == NONE)
			continue;
		c->writes[n] = best;
		add_candidate(c, &c->writes[n++], g->races[first], &merits[best]);
	}
	free(of_field);
}

/* --- the best two of all that conflict */

/* So many kinds of writes at most have it kept which race. */
#define RACES_KEPT 2048

struct search {
	const struct link *l;
	const struct unit_verdict *v;
	uint32_t nraces;
	uint8_t *races;		    /* of two kinds: 0 not asked yet, 1 no, 2 yes; NULL: too many */
	const struct merit *merits; /* of each write of the unit */
	struct conflict best;
	struct merit merit; /* of the best */
	bool found;
};

static bool batches_race(struct search *s, const struct batch *a, const struct batch *b)
{
	const struct write *wa = &s->v->writes[a->writes[0]], *wb = &s->v->writes[b->writes[0]];
	uint8_t *kept = s->races ? &s->races[(size_t)a->races * s->nraces + b->races] : NULL;
	bool yes;

	if (kept && *kept)
		return *kept == 2;
	yes = may_race(s->l, s->v, wa, wb);
	if (kept)
		*kept = yes ? 2 : 1;
	return yes;
}

static bool is_better(const struct search *s, const struct conflict *c, const struct merit *m)
{
	int order = s->found ? compare_merits(m, &s->merit) : -1;

	if (order)
		return order < 0;
	return c->write_a != s->best.write_a ? c->write_a < s->best.write_a :
					       c->write_b < s->best.write_b;
}

static void try_writes(struct search *s, struct conflict c)
{
	const struct write *a = &s->v->writes[c.write_a], *b = &s->v->writes[c.write_b];
	struct merit m = merit_of_both(&s->merits[c.write_a], &s->merits[c.write_b]);

	if (same_store(a, b) || !is_better(s, &c, &m))
		return;
	believe_conflict(s->l, s->v, &c);
	m.disbelief = CONF_HIGH - c.confidence;
	if (!is_better(s, &c, &m))
		return;
	s->best = c;
	s->merit = m;
	s->found = true;
}

static void try_batches(struct search *s, const struct batch *a, const struct batch *b,
			struct conflict c)
{
	struct merit bound = merit_of_both(&a->bound, &b->bound);
	uint32_t i, j;

	if ((s->found && compare_merits(&bound, &s->merit) > 0) || !batches_race(s, a, b))
		return;
	for (i = 0; i < a->n; i++)
		for (j = 0; j < b->n; j++) {
			c.write_a = a->writes[i];
			c.write_b = b->writes[j];
			try_writes(s, c);
		}
}

static const struct step *member_of_batch(const struct search *s, const struct batch *b)
{
	return &s->v->writes[b->writes[0]].member;
}

/*
 * Writes to different members do not conflict, and there may be thousands of members: the writes
 * to each are compared with those to the same one, and with those to unknown ones, which come first.
 */
static bool find_witness(struct search *s, const struct candidates *of, uint32_t a, uint32_t b)
{
	const struct batch *fa = of[a].batches, *fb = of[b].batches;
	struct conflict c = { .a = a, .b = b };
	uint32_t i, j, known = 0, from;

	s->found = false;
	while (known < of[b].n && !member_of_batch(s, &fb[known])->record)
		known++;
	from = known;
	for (i = 0; i < of[a].n; i++) {
		const struct step *member = member_of_batch(s, &fa[i]);

		for (j = 0; j < known; j++)
			try_batches(s, &fa[i], &fb[j], c);
		while (member->record && from < of[b].n &&
		       compare_members(member_of_batch(s, &fb[from]), member) < 0)
			from++;
		for (j = from;
		     j < of[b].n &&
		     (!member->record || !compare_members(member_of_batch(s, &fb[j]), member));
		     j++)
			try_batches(s, &fa[i], &fb[j], c);
	}
	return s->found;
}

void conflicts_find(struct link *l, struct unit_verdict *v)
{
	struct candidates *candidates = xcalloc(v->nfields, sizeof(*candidates));
	struct merit *merits = xcalloc(v->nwrites, sizeof(*merits));
	struct conflict *all = NULL;
	struct groups g;
	struct search s = { .l = l, .v = v, .merits = merits };
	size_t n = 0, cap = 0;
	uint32_t a, b;

	group_writes(v, &g);
	s.nraces = g.nraces;
	if (g.nraces <= RACES_KEPT)
		s.races = xcalloc((size_t)g.nraces * g.nraces, sizeof(*s.races));
	for (a = 0; a < v->nwrites; a++)
		merits[a] = merit_of(&v->writes[a]);
	for (a = 0; a < v->nfields; a++)
		pick_candidates(v, &g, merits, &v->fields[a], &candidates[a]);
	for (a = 0; a < v->nfields; a++)
		for (b = a + 1; b < v->nfields; b++)
			if (find_witness(&s, candidates, a, b))
				*vec_add(all, n, cap) = s.best;
	v->nconflicts = (uint32_t)n;
	v->conflicts = arena_copy(l->arena, all, n * sizeof(*all));
	free(all);
	for (a = 0; a < v->nfields; a++) {
		free(candidates[a].batches);
		free(candidates[a].writes);
	}
	free(candidates);
	free(merits);
	free(s.races);
	groups_free(&g);
}
