// SPDX-License-Identifier: GPL-2.0-only
/* compare_writes.c - which pairs of fields of a unit conflict, and the two writes that show it best. */
#include "compare_writes.h"
#include "routes.h"
#include "write_groups.h"
#include "link/refute/refute.h"

/* --- the best witness of two fields */

/* With more groups of writes it is not kept which do not race: that takes time, no result. */
#define RACES_KEPT 2048

struct pair_search {
	struct link *l;
	struct unit_verdict *v;
	uint32_t nraces;
	bool *apart;		    /* of each two groups: refuted; NULL: that is not kept */
	const struct merit *merits; /* of each write of the unit */
	struct merit fields;	    /* of those that are compared */
	struct conflict best;
	struct merit merit; /* of `best` */
	bool found;
};

static struct pair pair_of(const struct pair_search *s, uint32_t a, uint32_t b)
{
	return (struct pair){ s->l, s->v, &s->v->writes[a], &s->v->writes[b] };
}

static void note_refuter(struct pair_search *s, uint32_t refuter)
{
	if (refuter != NONE)
		s->v->refuted |= UINT64_C(1) << refuter;
}

/* Do writes of the two groups race?  Fills in the members of *c from `refuter` on, but for `doubt`. */
static bool batches_race(struct pair_search *s, const struct batch *a, const struct batch *b,
			 struct conflict *c)
{
	const struct pair p = pair_of(s, a->writes[0], b->writes[0]);
	bool *apart = s->apart ? &s->apart[(size_t)a->races * s->nraces + b->races] : NULL;

	if (apart && *apart)
		return false;
	refute_group(&p, c);
	note_refuter(s, c->refuter);
	if (apart)
		*apart = c->refuter != NONE;
	return c->refuter == NONE;
}

/* Is a conflict of merit `m` better than the best so far?  Of equal ones the first writes win. */
static bool is_better(const struct pair_search *s, const struct conflict *c, const struct merit *m)
{
	int order = s->found ? merit_compare(m, &s->merit) : -1;

	if (order)
		return order < 0;
	return c->write_a != s->best.write_a ? c->write_a < s->best.write_a :
					       c->write_b < s->best.write_b;
}

/* A pair of writes that is tried. */
struct attempt {
	const struct pair_search *s;
	struct merit merit; /* without doubts */
};

/* Would the pair with its doubts so far be no better than the best one? */
static bool is_no_better(void *ctx, const struct conflict *c)
{
	const struct attempt *t = ctx;
	struct merit m = t->merit;

	merit_add_doubts(c, &m);
	return !is_better(t->s, c, &m);
}

/* `c` has the fields, two writes that race, and what refute_group() says. */
static void try_writes(struct pair_search *s, struct conflict c)
{
	const struct pair p = pair_of(s, c.write_a, c.write_b);
	struct attempt t = { s, merit_of_both(&s->merits[c.write_a], &s->merits[c.write_b]) };
	bool useful;

	merit_add_pair(s->l, s->v, &s->fields, &c, &t.merit);
	if (!routes_meet(s->l, p.a, p.b) || !is_better(s, &c, &t.merit))
		return;
	useful = refute_further(&p, &c, is_no_better, &t);
	note_refuter(s, c.refuter);
	if (!useful || c.refuter != NONE || is_no_better(&t, &c))
		return;
	merit_add_doubts(&c, &t.merit);
	s->best = c;
	s->merit = t.merit;
	s->found = true;
}

static void try_batches(struct pair_search *s, const struct batch *a, const struct batch *b,
			struct conflict c)
{
	struct merit bound = merit_of_both(&a->bound, &b->bound);
	uint32_t i, j;

	if ((s->found && merit_compare(&bound, &s->merit) > 0) || !batches_race(s, a, b, &c))
		return;
	for (i = 0; i < a->n; i++)
		for (j = 0; j < b->n; j++) {
			c.write_a = a->writes[i];
			c.write_b = b->writes[j];
			try_writes(s, c);
		}
}

static const struct step *member_of_batch(const struct pair_search *s, const struct batch *b)
{
	return &s->v->writes[b->writes[0]].member;
}

/*
 * Finds the best witness of a conflict of fields a and b; false if they do not conflict.  Writes to
 * different members do not conflict, and there may be thousands of members: the writes to each are
 * compared with those to the same one, and with those to unknown ones, which come first.
 */
static bool find_witness(struct pair_search *s, const struct candidates *of, uint32_t a, uint32_t b)
{
	const struct batch *fa = of[a].batches, *fb = of[b].batches;
	struct conflict c = { .a = a, .b = b };
	uint32_t i, j, known = 0, from;

	s->found = false;
	s->fields = merit_of_fields(s->v, &c);
	while (known < of[b].n && !member_of_batch(s, &fb[known])->record)
		known++;
	from = known;
	for (i = 0; i < of[a].n; i++) {
		const struct step *member = member_of_batch(s, &fa[i]);

		for (j = 0; j < known; j++)
			try_batches(s, &fa[i], &fb[j], c);
		while (member->record && from < of[b].n &&
		       member_compare(member_of_batch(s, &fb[from]), member) < 0)
			from++;
		for (j = from; j < of[b].n && (!member->record ||
					       !member_compare(member_of_batch(s, &fb[j]), member));
		     j++)
			try_batches(s, &fa[i], &fb[j], c);
		if (j - from < of[b].n - known)
			note_refuter(s, REFUTER_objects);
	}
	return s->found;
}

void conflicts_find(struct link *l, struct unit_verdict *v)
{
	struct merit *merits = xcalloc(v->nwrites, sizeof(*merits));
	struct pair_search s = { .l = l, .v = v, .merits = merits };
	struct candidates *candidates;
	struct conflict *all = NULL;
	size_t n = 0, cap = 0;
	uint32_t a, b;

	for (a = 0; a < v->nwrites; a++)
		merits[a] = merit_of(l, &v->writes[a]);
	candidates = candidates_of(v, merits, &s.nraces);
	if (s.nraces <= RACES_KEPT)
		s.apart = xcalloc((size_t)s.nraces * s.nraces, sizeof(*s.apart));
	for (a = 0; a < v->nfields; a++)
		for (b = a + 1; b < v->nfields; b++)
			if (find_witness(&s, candidates, a, b))
				*vec_add(all, n, cap) = s.best;
	v->nconflicts = (uint32_t)n;
	v->conflicts = arena_copy(l->arena, all, n * sizeof(*all));
	free(all);
	candidates_free(candidates, v->nfields);
	free(merits);
	free(s.apart);
}
