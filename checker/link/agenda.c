// SPDX-License-Identifier: GPL-2.0-only
/* agenda.c - in which order functions are explored. */
#include "agenda.h"
#include "callgraph.h"
#include "cycles.h"

/* --- the order */

/* By function; what decides the order, most important first. */
struct ranks {
	uint32_t *depth; /* by cycle: how many calls from cycle to cycle lead to it at most */
	bool *turns;	 /* it is one of several in a cycle, or calls itself */
	uint32_t *start; /* by cycle: the place of its first function */
	uint32_t *inner; /* how many calls of its cycle lead to it at most, without those that lead back */
	uint32_t *place; /* callers before callees, cycle by cycle, and in a cycle as in bottom_up, from its end */
	const struct cycles *cycles;
};

/* Fills in the places, and order[] by them. */
static void find_places(struct ranks *r, const struct link *l, uint32_t *order)
{
	size_t n = l->p->nfunctions, i;
	uint32_t *next = xmalloc((n + 1) * sizeof(*next)), at = 0, f;

	for (i = n; i-- > 0;) {
		f = l->bottom_up[i];
		if (r->cycles->of[f] != f)
			continue;
		next[f] = r->start[f] = at;
		at += r->cycles->functions[f];
	}
	for (i = n; i-- > 0;) {
		f = l->bottom_up[i];
		r->place[f] = next[r->cycles->of[f]]++;
		order[r->place[f]] = f;
	}
	free(next);
}

static void deepen(uint32_t *depth, uint32_t from, uint32_t to)
{
	if (depth[to] <= depth[from])
		depth[to] = depth[from] + 1;
}

/* Few neighbours call each other if they are sorted by both depths. */
static void find_depths(struct ranks *r, const struct link *l, const uint32_t *order)
{
	const uint32_t *cycle = r->cycles->of;
	uint32_t i, t, f, to;

	for (i = 0; i < l->p->nfunctions; i++) {
		f = order[i];
		r->turns[f] = r->cycles->functions[cycle[f]] > 1 || callgraph_has(l, f, f);
		for (t = 0; t < l->callgraph[f].ntargets; t++) {
			to = l->callgraph[f].targets[t];
			if (cycle[to] != cycle[f])
				deepen(r->depth, cycle[f], cycle[to]);
			else if (r->place[to] > i)
				deepen(r->inner, f, to);
		}
	}
}

static int compare(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_rank(const void *a, const void *b, void *ctx)
{
	const struct ranks *r = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint32_t cx = r->cycles->of[x], cy = r->cycles->of[y];
	int c = compare(r->depth[cx], r->depth[cy]);

	if (!c)
		c = compare(r->turns[x], r->turns[y]);
	if (!c)
		c = compare(r->start[cx], r->start[cy]);
	if (!c)
		c = compare(r->inner[x], r->inner[y]);
	return c ? c : compare(r->place[x], r->place[y]);
}

static void divide(struct agenda *a, const struct ranks *r)
{
	const uint32_t *cycle = r->cycles->of;
	uint32_t i, stages = 0;

	for (i = 0; i < a->n; i++) {
		uint32_t f = a->order[i], before = i ? a->order[i - 1] : f;

		if (!i || r->turns[f] != r->turns[before] ||
		    (r->turns[f] && cycle[f] != cycle[before])) {
			a->cycle[stages] = r->turns[f];
			a->first[stages++] = i;
		}
		a->stage[i] = stages - 1;
		a->position[f] = i;
	}
	a->first[stages] = (uint32_t)a->n;
}

static void find_next(struct agenda *a, const struct link *l)
{
	uint32_t i, t;

	for (i = 0; i < a->n; i++) {
		const struct callgraph_node *g = &l->callgraph[a->order[i]];

		a->next[i] = (uint32_t)a->n;
		for (t = 0; t < g->ntargets; t++) {
			uint32_t to = a->position[g->targets[t]];

			if (to > i && to < a->next[i])
				a->next[i] = to;
		}
	}
}

static void sort(struct agenda *a, const struct link *l)
{
	struct cycles c;
	struct ranks r = { .depth = xcalloc(a->n + 1, sizeof(*r.depth)),
			   .turns = xcalloc(a->n + 1, sizeof(*r.turns)),
			   .start = xcalloc(a->n + 1, sizeof(*r.start)),
			   .inner = xcalloc(a->n + 1, sizeof(*r.inner)),
			   .place = xcalloc(a->n + 1, sizeof(*r.place)),
			   .cycles = &c };

	cycles_find(l, &c);
	find_places(&r, l, a->order);
	find_depths(&r, l, a->order);
	qsort_r(a->order, a->n, sizeof(*a->order), by_rank, &r);
	divide(a, &r);
	cycles_free(&c);
	free(r.depth);
	free(r.turns);
	free(r.start);
	free(r.inner);
	free(r.place);
}

void agenda_begin(struct agenda *a, const struct link *l)
{
	size_t n = l->p->nfunctions;

	*a = (struct agenda){ .n = n };
	a->order = xcalloc(n + 1, sizeof(*a->order));
	a->position = xcalloc(n + 1, sizeof(*a->position));
	a->stage = xcalloc(n + 1, sizeof(*a->stage));
	a->next = xcalloc(n + 1, sizeof(*a->next));
	a->first = xcalloc(n + 2, sizeof(*a->first));
	a->cycle = xcalloc(n + 1, sizeof(*a->cycle));
	a->waiting = xcalloc(n / 64 + 1, sizeof(*a->waiting));
	sort(a, l);
	find_next(a, l);
}

void agenda_free(struct agenda *a)
{
	free(a->order);
	free(a->position);
	free(a->stage);
	free(a->next);
	free(a->first);
	free(a->cycle);
	free(a->waiting);
	*a = (struct agenda){ 0 };
}

/* --- turns */

void agenda_add(struct agenda *a, uint32_t f)
{
	uint32_t at = a->position[f];
	uint64_t bit = UINT64_C(1) << at % 64;

	if (a->waiting[at / 64] & bit)
		return;
	a->waiting[at / 64] |= bit;
	a->nwaiting++;
	if (at >= a->at)
		return;
	if (a->stage[at] == a->now) {
		a->again = true;
		return;
	}
	a->at = at;
	a->now = a->stage[at];
	a->again = false;
}

/* The first position from `at` on, and before `end`, that waits; or `end`. */
static uint32_t next_waiting(const struct agenda *a, uint32_t at, uint32_t end)
{
	uint64_t word;

	for (; at < end; at = (at | 63) + 1) {
		word = a->waiting[at / 64] >> at % 64;
		if (!word)
			continue;
		at += (uint32_t)__builtin_ctzll(word);
		return at < end ? at : end;
	}
	return end;
}

bool agenda_is_cycle(const struct agenda *a)
{
	return a->n && a->cycle[a->now];
}

uint32_t agenda_next(const struct agenda *a, uint32_t f)
{
	return a->next[a->position[f]];
}

/* The position whose turn it is, or the end of all. */
static uint32_t turn(const struct agenda *a, bool idle)
{
	uint32_t end = a->first[a->now + 1], at = next_waiting(a, a->at, end);

	if (at == end && !idle && a->cycle[a->now])
		return (uint32_t)a->n;
	if (at == end && a->again)
		at = next_waiting(a, a->first[a->now], end);
	return at < end ? at : next_waiting(a, end, (uint32_t)a->n);
}

uint32_t agenda_take(struct agenda *a, bool idle, uint32_t before)
{
	uint32_t at = a->nwaiting ? turn(a, idle) : (uint32_t)a->n;

	if (at >= before || at == a->n)
		return NONE;
	if (at < a->at || a->stage[at] != a->now)
		a->again = false;
	a->waiting[at / 64] &= ~(UINT64_C(1) << at % 64);
	a->nwaiting--;
	a->now = a->stage[at];
	a->at = at + 1;
	return a->order[at];
}
