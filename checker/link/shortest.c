// SPDX-License-Identifier: GPL-2.0-only
/*
 * shortest.c - each context by the shortest chain that leads to it.
 *
 * Callers are explored before callees outside cycles.  In a cycle a context may be explored by a chain
 * that goes round, before a shorter one comes: context.c only notes the call then.
 */
#include "shortest.h"

/* All that is asked of contexts is copied first: they are large, and there are millions. */
struct shortest {
	struct link *l;
	uint32_t *first, *callees; /* of context i: callees[first[i]] up to callees[first[i + 1]] */
	uint32_t *depth; /* by context: as it is before; 0 of an entry point, and of a number that is of no context */
	uint32_t *distance; /* by context: calls from an entry point; NONE: not met yet */
	uint32_t *order;    /* contexts, those nearer to an entry point first */
	size_t n;	    /* of order */
};

/* Calls with() for each call of a context, `caller`, that leads to another one. */
static void each_lead(struct shortest *s,
		      void (*with)(struct shortest *s, uint32_t caller, uint32_t at))
{
	const struct context *n;
	uint32_t f, at, i;

	for (f = 0; f < s->l->p->nfunctions; f++)
		for (at = s->l->explorer->of[f].first; at != NONE; at = n->next) {
			n = context_at(s->l, at);
			if (n->parent == NONE)
				continue;
			with(s, n->parent, at);
			for (i = n->others; i != NONE; i = other_call_at(s->l, i)->before)
				with(s, other_call_at(s->l, i)->parent, at);
		}
}

static void count_lead(struct shortest *s, uint32_t caller, uint32_t at)
{
	s->first[caller + 2]++;
	s->depth[at] = context_at(s->l, at)->depth;
}

static void add_lead(struct shortest *s, uint32_t caller, uint32_t at)
{
	s->callees[s->first[caller + 1]++] = at;
}

static void list_callees(struct shortest *s)
{
	size_t n = s->l->explorer->ncontexts, i;

	s->first = xcalloc(n + 2, sizeof(*s->first));
	s->depth = xcalloc(n + 1, sizeof(*s->depth));
	each_lead(s, count_lead);
	for (i = 2; i < n + 2; i++)
		s->first[i] += s->first[i - 1];
	s->callees = xmalloc((s->first[n + 1] + 1) * sizeof(*s->callees));
	each_lead(s, add_lead);
}

static void meet(struct shortest *s, uint32_t at, uint32_t distance)
{
	if (s->distance[at] != NONE)
		return;
	s->distance[at] = distance;
	s->order[s->n++] = at;
}

static void find_distances(struct shortest *s)
{
	size_t n = s->l->explorer->ncontexts, i;
	uint32_t k;

	s->distance = xmalloc((n + 1) * sizeof(*s->distance));
	s->order = xmalloc((n + 1) * sizeof(*s->order));
	memset(s->distance, 0xff, n * sizeof(*s->distance));
	for (i = 0; i < n; i++)
		if (!s->depth[i])
			meet(s, (uint32_t)i, 0);
	for (i = 0; i < s->n; i++)
		for (k = s->first[s->order[i]]; k < s->first[s->order[i] + 1]; k++)
			meet(s, s->callees[k], s->distance[s->order[i]] + 1);
}

static void exchange(struct context *n, struct other_call *by)
{
	uint32_t parent = n->parent, call = n->parent_call;

	n->parent = by->parent;
	n->parent_call = by->parent_call;
	by->parent = parent;
	by->parent_call = call;
}

/* Takes the nearest of the callers, which has its own depth and entry point already. */
static void go_nearer(const struct shortest *s, struct context *n)
{
	struct other_call *by;
	uint32_t i;

	for (i = n->others; i != NONE; i = by->before) {
		by = other_call_at(s->l, i);
		if (s->distance[by->parent] < s->distance[n->parent])
			exchange(n, by);
	}
	n->depth = context_at(s->l, n->parent)->depth + 1;
	n->root = context_at(s->l, n->parent)->root;
}

void contexts_shorten(struct link *l)
{
	struct shortest s = { .l = l };
	size_t i;

	list_callees(&s);
	find_distances(&s);
	/* (who has another entry point than before is nearer to it) */
	for (i = 0; i < s.n; i++)
		if (s.distance[s.order[i]] != s.depth[s.order[i]])
			go_nearer(&s, context_at(l, s.order[i]));
	free(s.first);
	free(s.callees);
	free(s.depth);
	free(s.distance);
	free(s.order);
}
