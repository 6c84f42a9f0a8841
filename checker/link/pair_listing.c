// SPDX-License-Identifier: GPL-2.0-only
/* pair_listing.c - all candidate pairs of a unit, for a reader who asks for them. */
#include "pair_listing.h"
#include "base/numbers.h"
#include "link/refute/refute.h"
#include "routes.h"

struct pair_list {
	struct conflict *v;
	size_t n, cap;
	struct numbers seen;
};

/* "RECORD" or "RECORD.FIELD" */
static bool is_asked(const struct program *p, const struct record *r)
{
	const char *name = str_get(r->name);
	size_t n = strlen(name);

	return p->pairs_of && !strncmp(p->pairs_of, name, n) &&
	       (!p->pairs_of[n] || p->pairs_of[n] == '.');
}

/* Is a pair like it listed already? */
static bool is_seen(struct pair_list *list, const struct unit_verdict *v, const struct conflict *c)
{
	const struct write *a = &v->writes[c->write_a], *b = &v->writes[c->write_b];
	const uint32_t key[] = { c->a,
				 c->b,
				 a->loc.file,
				 a->loc.line,
				 a->loc.col,
				 a->context,
				 b->loc.file,
				 b->loc.line,
				 b->loc.col,
				 b->context,
				 c->refuter,
				 (uint32_t)(c->doubts >> 32),
				 (uint32_t)c->doubts };
	uint32_t before = list->n;

	return numbers_get(&list->seen, key, sizeof(key)) <= before;
}

static void add_pair(struct pair_list *list, const struct link *l, const struct unit_verdict *v,
		     struct conflict c)
{
	const struct pair p = { l, v, &v->writes[c.write_a], &v->writes[c.write_b] };

	if (p.a->phase != PHASE_RUNTIME || p.b->phase != PHASE_RUNTIME || !routes_meet(l, p.a, p.b))
		return;
	refute_pair(&p, &c);
	if (!is_seen(list, v, &c))
		*vec_add(list->v, list->n, list->cap) = c;
}

void pairs_keep(struct link *l, struct unit_verdict *v)
{
	struct pair_list list = { 0 };
	struct conflict c = { 0 };
	uint32_t i, j;

	if (!is_asked(l->p, v->record))
		return;
	for (c.a = 0; c.a < v->nfields; c.a++)
		for (c.b = c.a + 1; c.b < v->nfields; c.b++)
			for (i = 0; i < v->fields[c.a].nwrites; i++)
				for (j = 0; j < v->fields[c.b].nwrites; j++) {
					c.write_a = v->fields[c.a].writes[i];
					c.write_b = v->fields[c.b].writes[j];
					add_pair(&list, l, v, c);
				}
	v->npairs = (uint32_t)list.n;
	v->pairs = arena_copy(l->arena, list.v, list.n * sizeof(*list.v));
	free(list.v);
	numbers_free(&list.seen);
}
