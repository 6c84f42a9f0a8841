// SPDX-License-Identifier: GPL-2.0-only
/* added_pair.c - the candidate pair that a series of patches adds to a unit. */
#include "added_pair.h"
#include "base/added_lines.h"
#include "link/refute/refute.h"
#include "rank.h"

struct added_search {
	struct link *l;
	struct unit_verdict *v;
	bool *added; /* of each write */
	struct conflict best;
	struct merit merit; /* of `best` */
	bool found;
};

static bool is_added(const struct program *p, const struct write *w)
{
	uint32_t i;

	if (w->phase != PHASE_RUNTIME || w->unseen)
		return false;
	if (lines_add(p->added, p->nadded, &w->loc))
		return true;
	for (i = 0; i < w->nchain; i++)
		if (lines_add(p->added, p->nadded, &w->chain_locs[i]))
			return true;
	return false;
}

static void try_pair(struct added_search *s, struct conflict c)
{
	const struct write *a = &s->v->writes[c.write_a], *b = &s->v->writes[c.write_b];
	const struct pair p = { s->l, s->v, a, b };
	struct merit of_a, of_b, fields, m;

	if (a->phase != PHASE_RUNTIME || b->phase != PHASE_RUNTIME || a->unseen || b->unseen)
		return;
	refute_pair(&p, &c);
	if (c.refuter != NONE)
		return;
	of_a = merit_of(s->l, a);
	of_b = merit_of(s->l, b);
	m = merit_of_both(&of_a, &of_b);
	fields = merit_of_fields(s->v, &c);
	merit_add_pair(s->l, s->v, &fields, &c, &m);
	merit_add_doubts(&c, &m);
	if (s->found && merit_compare(&m, &s->merit) >= 0)
		return;
	s->best = c;
	s->merit = m;
	s->found = true;
}

static void try_fields(struct added_search *s, uint32_t a, uint32_t b)
{
	const struct unit_field *fa = &s->v->fields[a], *fb = &s->v->fields[b];
	struct conflict c = { .a = a, .b = b };
	uint32_t i, j;

	for (i = 0; i < fa->nwrites; i++)
		for (j = 0; j < fb->nwrites; j++) {
			c.write_a = fa->writes[i];
			c.write_b = fb->writes[j];
			if (s->added[c.write_a] || s->added[c.write_b])
				try_pair(s, c);
		}
}

void added_pair_find(struct link *l, struct unit_verdict *v)
{
	struct added_search s = { .l = l, .v = v };
	bool any = false;
	uint32_t a, b;

	if (!l->p->nadded || !v->nconflicts)
		return;
	s.added = xcalloc(v->nwrites, sizeof(*s.added));
	for (a = 0; a < v->nwrites; a++)
		any |= s.added[a] = is_added(l->p, &v->writes[a]);
	for (a = 0; any && a < v->nfields; a++)
		for (b = a + 1; b < v->nfields; b++)
			try_fields(&s, a, b);
	if (s.found)
		v->added = arena_copy(l->arena, &s.best, sizeof(s.best));
	free(s.added);
}
