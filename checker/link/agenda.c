// SPDX-License-Identifier: GPL-2.0-only
/* agenda.c - in which order functions are explored. */
#include "agenda.h"
#include "callgraph.h"
#include "cycles.h"

/* --- the order */

/* The functions, cycle by cycle: callers before callees, and in a cycle as in bottom_up, from its end. */
static void list_by_cycles(const struct link *l, const struct cycles *c, uint32_t *order)
{
	size_t n = l->p->nfunctions, i;
	uint32_t *next = xmalloc((n + 1) * sizeof(*next)), at = 0;

	for (i = n; i-- > 0;) {
		uint32_t f = l->bottom_up[i];

		if (c->of[f] == f) {
			next[f] = at;
			at += c->functions[f];
		}
	}
	for (i = n; i-- > 0;)
		order[next[c->of[l->bottom_up[i]]]++] = l->bottom_up[i];
	free(next);
}

struct places {
	const uint32_t *depth; /* by function */
	const uint32_t *place; /* by function */
};

static int by_depth(const void *a, const void *b, void *ctx)
{
	const struct places *p = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (p->depth[x] != p->depth[y])
		return p->depth[x] < p->depth[y] ? -1 : 1;
	return p->place[x] < p->place[y] ? -1 : p->place[x] > p->place[y];
}

/*
 * Sorts the functions of each cycle by how many of its calls lead to them at most, without those that lead back: few
 * neighbours call each other then.
 */
static void sort_cycles(const struct link *l, const struct cycles *c, uint32_t *order)
{
	size_t n = l->p->nfunctions, i;
	uint32_t *place = xmalloc((n + 1) * sizeof(*place)),
		 *depth = xcalloc(n + 1, sizeof(*depth)), t;
	struct places p = { depth, place };

	for (i = 0; i < n; i++)
		place[order[i]] = (uint32_t)i;
	for (i = 0; i < n; i++) {
		const struct callgraph_node *g = &l->callgraph[order[i]];

		for (t = 0; t < g->ntargets; t++) {
			uint32_t to = g->targets[t];

			if (c->of[to] == c->of[order[i]] && place[to] > i &&
			    depth[to] <= depth[order[i]])
				depth[to] = depth[order[i]] + 1;
		}
	}
	for (i = 0; i < n; i += c->functions[c->of[order[i]]])
		qsort_r(&order[i], c->functions[c->of[order[i]]], sizeof(*order), by_depth, &p);
	free(place);
	free(depth);
}

/* How many calls from cycle to cycle lead to each function at most. */
static uint32_t *find_depths(const struct link *l, const struct cycles *c,
			     const uint32_t *by_cycles)
{
	uint32_t *depth = xcalloc(l->p->nfunctions + 1, sizeof(*depth)), t;
	size_t i;

	for (i = 0; i < l->p->nfunctions; i++) {
		const struct callgraph_node *g = &l->callgraph[by_cycles[i]];
		uint32_t from = c->of[by_cycles[i]];

		for (t = 0; t < g->ntargets; t++) {
			uint32_t to = c->of[g->targets[t]];

			if (to != from && depth[to] <= depth[from])
				depth[to] = depth[from] + 1;
		}
	}
	for (i = 0; i < l->p->nfunctions; i++)
		depth[i] = depth[c->of[i]];
	return depth;
}

/* Sorts by depth, and behind those of no cycle the cycles of the same depth.  A key is less than 2 * n + 2. */
static void sort_by_depth(struct agenda *a, const bool *turns, const uint32_t *depth,
			  const uint32_t *by_cycles)
{
	uint32_t *begin = xcalloc(2 * a->n + 4, sizeof(*begin));
	size_t i;

	for (i = 0; i < a->n; i++)
		begin[2 * depth[i] + turns[i] + 1]++;
	for (i = 1; i < 2 * a->n + 4; i++)
		begin[i] += begin[i - 1];
	for (i = 0; i < a->n; i++) {
		uint32_t f = by_cycles[i];

		a->order[begin[2 * depth[f] + turns[f]]++] = f;
	}
	free(begin);
}

static void divide(struct agenda *a, const struct cycles *c, const bool *turns)
{
	uint32_t i, stages = 0;

	for (i = 0; i < a->n; i++) {
		uint32_t f = a->order[i], before = i ? a->order[i - 1] : f;

		if (!i || turns[f] != turns[before] || (turns[f] && c->of[f] != c->of[before])) {
			a->cycle[stages] = turns[f];
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

/* Is the function one of several in a cycle, or does it call itself? */
static bool *find_turning(const struct link *l, const struct cycles *c)
{
	bool *turns = xcalloc(l->p->nfunctions + 1, sizeof(*turns));
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++)
		turns[f] = c->functions[c->of[f]] > 1 || callgraph_has(l, f, f);
	return turns;
}

void agenda_begin(struct agenda *a, const struct link *l)
{
	size_t n = l->p->nfunctions;
	uint32_t *by_cycles = xmalloc((n + 1) * sizeof(*by_cycles)), *depth;
	struct cycles c;
	bool *turns;

	*a = (struct agenda){ .n = n };
	a->order = xcalloc(n + 1, sizeof(*a->order));
	a->position = xcalloc(n + 1, sizeof(*a->position));
	a->stage = xcalloc(n + 1, sizeof(*a->stage));
	a->next = xcalloc(n + 1, sizeof(*a->next));
	a->first = xcalloc(n + 2, sizeof(*a->first));
	a->cycle = xcalloc(n + 1, sizeof(*a->cycle));
	a->waiting = xcalloc(n / 64 + 1, sizeof(*a->waiting));
	cycles_find(l, &c);
	list_by_cycles(l, &c, by_cycles);
	sort_cycles(l, &c, by_cycles);
	depth = find_depths(l, &c, by_cycles);
	turns = find_turning(l, &c);
	sort_by_depth(a, turns, depth, by_cycles);
	divide(a, &c, turns);
	find_next(a, l);
	cycles_free(&c);
	free(turns);
	free(depth);
	free(by_cycles);
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
