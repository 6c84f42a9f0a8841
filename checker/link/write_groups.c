// SPDX-License-Identifier: GPL-2.0-only
/* write_groups.c - the runtime writes of a unit in groups, so that few pairs of them are compared. */
#include "write_groups.h"
#include "base/util.h"
#include "activity.h"
#include "lock_compare.h"

#define COMPARE(x, y)                              \
	do {                                       \
		if ((x) != (y))                    \
			return (x) < (y) ? -1 : 1; \
	} while (0)

/* Of strings. */
#define COMPARE_TEXT(x, y)                    \
	do {                                  \
		int text = str_compare(x, y); \
                                              \
		if (text)                     \
			return text;          \
	} while (0)

int member_compare(const struct step *a, const struct step *b)
{
	COMPARE_TEXT(a->record, b->record);
	COMPARE_TEXT(a->field, b->field);
	return 0;
}

/* --- which writes are alike */

static int compare_locks(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->nheld, b->nheld);
	for (i = 0; i < a->nheld; i++) {
		COMPARE_TEXT(a->held[i].name, b->held[i].name);
		COMPARE(a->held[i].mode, b->held[i].mode);
		COMPARE(a->held[i].relation, b->held[i].relation);
		COMPARE(a->held[i].rel, b->held[i].rel);
		COMPARE(a->held[i].in_frame, b->held[i].in_frame);
		COMPARE(a->held[i].owned, b->held[i].owned);
		COMPARE(a->held[i].spins, b->held[i].spins);
		COMPARE(a->held[i].element, b->held[i].element);
	}
	return 0;
}

/* An order of writes in which 0 means that they race alike: refute_group() looks at nothing else. */
static int compare_races(const struct write *a, const struct write *b)
{
	int order = member_compare(&a->member, &b->member);

	if (order)
		return order;
	COMPARE_TEXT(a->context, b->context);
	COMPARE(a->own, b->own);
	COMPARE(a->restored, b->restored);
	COMPARE(a->once, b->once);
	COMPARE_TEXT(a->global, b->global);
	order = activities_compare(a, b);
	return order ? order : compare_locks(a, b);
}

/* What refuters and ranks look at besides. */
static int compare_ways(const struct write *a, const struct write *b)
{
	uint32_t i;

	COMPARE(a->function, b->function);
	COMPARE(a->loc.line, b->loc.line);
	COMPARE(a->loc.col, b->loc.col);
	COMPARE(a->nsometimes, b->nsometimes);
	for (i = 0; a->sometimes != b->sometimes && i < a->nsometimes; i++) {
		COMPARE_TEXT(a->sometimes[i].name, b->sometimes[i].name);
		COMPARE(a->sometimes[i].mode, b->sometimes[i].mode);
		COMPARE(a->sometimes[i].lost, b->sometimes[i].lost);
		COMPARE(a->sometimes[i].optional, b->sometimes[i].optional);
		COMPARE(a->sometimes[i].activity, b->sometimes[i].activity);
	}
	COMPARE_TEXT(a->value, b->value);
	COMPARE(a->nconditions, b->nconditions);
	for (i = 0; i < a->nconditions; i++)
		COMPARE_TEXT(a->conditions[i], b->conditions[i]);
	COMPARE_TEXT(a->start, b->start);
	COMPARE(a->together, b->together);
	COMPARE(a->if_unset, b->if_unset);
	COMPARE(a->if_set, b->if_set);
	COMPARE(a->seldom, b->seldom);
	COMPARE(a->unused, b->unused);
	COMPARE(a->asleep, b->asleep);
	COMPARE(a->of_kind, b->of_kind);
	COMPARE(a->testing, b->testing);
	COMPARE(a->for_good, b->for_good);
	COMPARE(a->nchain > 1, b->nchain > 1);
	for (i = 0; i < a->nchain && i < 2; i++)
		COMPARE_TEXT(a->chain[i], b->chain[i]);
	COMPARE(a->nvia, b->nvia);
	for (i = 0; i < a->nvia; i++) {
		COMPARE_TEXT(a->via[i].record, b->via[i].record);
		COMPARE_TEXT(a->via[i].field, b->via[i].field);
		COMPARE_TEXT(a->via[i].function, b->via[i].function);
		COMPARE(a->via[i].table, b->via[i].table);
	}
	return 0;
}

/* An order in which 0 means that they also make conflicts of the same confidence. */
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
	COMPARE(a->access == ACCESS_WHOLE, b->access == ACCESS_WHOLE);
	COMPARE(a->access == ACCESS_RMW, b->access == ACCESS_RMW);
	return compare_ways(a, b);
}

static int by_likeness(const void *a, const void *b, void *writes)
{
	const struct write *w = writes;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int c = compare_writes(&w[x], &w[y]);

	return c ? c : x < y ? -1 : x > y;
}

/* The runtime writes of a unit, sorted so that those that are alike are neighbours. */
struct groups {
	uint32_t n, nraces, nalike; /* writes; groups of each kind */
	uint32_t *sorted;	    /* indexes into unit_verdict.writes */
	uint32_t *races; /* by place in `sorted`: the number of the group that races alike */
	uint32_t *alike; /* the number of the group that is alike */
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

/* --- the writes of a field that are tried */

static void add_candidate(struct candidates *c, const uint32_t *at, uint32_t races,
			  const struct merit *m)
{
	if (c->n && c->batches[c->n - 1].races == races) {
		struct batch *b = &c->batches[c->n - 1];

		b->bound = merit_bound(&b->bound, m);
		b->n++;
	} else {
		c->batches[c->n++] = (struct batch){ races, 1, at, *m };
	}
}

/* Picks the write with the shortest chain from each group of writes that are alike. */
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

struct candidates *candidates_of(const struct unit_verdict *v, const struct merit *merits,
				 uint32_t *nraces)
{
	struct candidates *all = xcalloc(v->nfields, sizeof(*all));
	struct groups g;
	uint32_t f;

	group_writes(v, &g);
	for (f = 0; f < v->nfields; f++)
		pick_candidates(v, &g, merits, &v->fields[f], &all[f]);
	*nraces = g.nraces;
	groups_free(&g);
	return all;
}

void candidates_free(struct candidates *c, uint32_t nfields)
{
	uint32_t f;

	for (f = 0; f < nfields; f++) {
		free(c[f].batches);
		free(c[f].writes);
	}
	free(c);
}
