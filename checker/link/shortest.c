// SPDX-License-Identifier: GPL-2.0-only
/*
 * shortest.c - each context by the shortest chain that leads to it.
 *
 * Callers are explored before callees outside cycles.  In a cycle a context may be explored by a chain
 * that goes round, before a shorter one comes: context.c only notes the call then.
 */
#include "shortest.h"

struct shortest {
	struct explorer *x;
	uint32_t *first, *callees; /* of context i: callees[first[i]] up to callees[first[i + 1]] */
	uint32_t *distance;	   /* by context: calls from an entry point; NONE: not met yet */
	uint32_t *order;	   /* contexts, those nearer to an entry point first */
	size_t n;		   /* of order */
};

typedef void entered_fn(struct shortest *s, uint32_t caller, uint32_t at);

/* Calls `each` for all calls that lead to a context. */
static void each_call(struct shortest *s, entered_fn *each)
{
	const struct explorer *x = s->x;
	uint32_t at, i;

	for (at = 0; at < x->n; at++) {
		if (x->contexts[at].parent == NONE)
			continue;
		each(s, x->contexts[at].parent, at);
		for (i = x->contexts[at].others; i != NONE; i = x->others[i].before)
			each(s, x->others[i].parent, at);
	}
}

static void count_callee(struct shortest *s, uint32_t caller, uint32_t at)
{
	(void)at;
	s->first[caller + 2]++;
}

static void add_callee(struct shortest *s, uint32_t caller, uint32_t at)
{
	s->callees[s->first[caller + 1]++] = at;
}

static void list_callees(struct shortest *s)
{
	size_t n = s->x->n, i;

	s->first = xcalloc(n + 2, sizeof(*s->first));
	each_call(s, count_callee);
	for (i = 2; i < n + 2; i++)
		s->first[i] += s->first[i - 1];
	s->callees = xmalloc((s->first[n + 1] + 1) * sizeof(*s->callees));
	each_call(s, add_callee);
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
	size_t n = s->x->n, i;
	uint32_t k;

	s->distance = xmalloc((n + 1) * sizeof(*s->distance));
	s->order = xmalloc((n + 1) * sizeof(*s->order));
	memset(s->distance, 0xff, n * sizeof(*s->distance));
	for (i = 0; i < n; i++)
		if (s->x->contexts[i].parent == NONE)
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

/* Takes the nearest of the callers. */
static void go_nearer(const struct shortest *s, struct context *n)
{
	struct explorer *x = s->x;
	uint32_t i;

	if (n->parent == NONE)
		return;
	for (i = n->others; i != NONE; i = x->others[i].before)
		if (s->distance[x->others[i].parent] < s->distance[n->parent])
			exchange(n, &x->others[i]);
	n->depth = x->contexts[n->parent].depth + 1;
	n->root = x->contexts[n->parent].root;
}

void contexts_shorten(struct explorer *x)
{
	struct shortest s = { .x = x };
	size_t i;

	list_callees(&s);
	find_distances(&s);
	for (i = 0; i < s.n; i++)
		go_nearer(&s, &x->contexts[s.order[i]]);
	free(s.first);
	free(s.callees);
	free(s.distance);
	free(s.order);
}
