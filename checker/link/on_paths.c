// SPDX-License-Identifier: GPL-2.0-only
/* on_paths.c - where the paths of a function lead: which events, and by which edges. */
#include "on_paths.h"

const struct block *block_of_event(const struct function *fn, const struct event *e)
{
	uint32_t b;

	for (b = 0; b < fn->nblocks; b++)
		if (e >= fn->blocks[b].events && e < fn->blocks[b].events + fn->blocks[b].nevents)
			return &fn->blocks[b];
	return NULL;
}

const struct event *event_of_call(const struct function *fn, uint32_t call)
{
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_CALL &&
			    fn->blocks[b].events[e].call == call)
				return &fn->blocks[b].events[e];
	return NULL;
}

/* Marks the blocks that `from` leads to, itself only if it leads back there. */
static void follow(const struct function *fn, const struct block *from, bool *reached)
{
	uint32_t i;

	for (i = 0; i < from->nsuccs; i++)
		if (!reached[from->succs[i]]) {
			reached[from->succs[i]] = true;
			follow(fn, &fn->blocks[from->succs[i]], reached);
		}
}

bool block_leads_to(const struct function *fn, const struct block *from, const struct block *to)
{
	bool *reached = xcalloc(fn->nblocks, sizeof(*reached)), leads;

	follow(fn, from, reached);
	leads = reached[to - fn->blocks];
	free(reached);
	return leads;
}

bool event_leads_to(const struct function *fn, const struct event *from, const struct event *to)
{
	const struct block *a = block_of_event(fn, from), *b = block_of_event(fn, to);

	if (!a || !b)
		return false;
	return (a == b && from < to) || block_leads_to(fn, a, b);
}

/* --- events */

struct way_search {
	const struct function *fn;
	const struct event *at;
	event_fn *is;
	void *ctx;
	bool *reached; /* by block: on a path without such an event */
};

static bool is_good_end(const struct block *b)
{
	return !b->nsuccs && b->return_kind != RETURN_ZERO && b->return_kind != RETURN_NEGATIVE;
}

/* Does a path lead from the block to where the search ends, without such an event? */
static bool slips_through(const struct way_search *s, uint32_t block)
{
	const struct block *b = &s->fn->blocks[block];
	uint32_t i;

	s->reached[block] = true;
	for (i = 0; i < b->nevents; i++) {
		if (&b->events[i] == s->at)
			return true;
		if (s->is(s->ctx, &b->events[i]))
			return false;
	}
	if (!s->at && is_good_end(b))
		return true;
	for (i = 0; i < b->nsuccs; i++)
		if (!s->reached[b->succs[i]] && slips_through(s, b->succs[i]))
			return true;
	return false;
}

bool on_all_ways(const struct function *fn, const struct event *at, event_fn *is, void *ctx)
{
	const struct way_search s = { fn, at, is, ctx, xcalloc(fn->nblocks, sizeof(*s.reached)) };
	bool all = !fn->nblocks || !slips_through(&s, 0);

	free(s.reached);
	return all;
}

/* --- edges */

struct path_search {
	const struct function *fn;
	edge_fn *is;
	void *ctx;
	bool *reached; /* by block: on a path without such an edge */
};

static void reach(const struct path_search *s, uint32_t block)
{
	const struct block *b = &s->fn->blocks[block];
	uint32_t i;

	s->reached[block] = true;
	for (i = 0; i < b->nsuccs; i++)
		if (!s->reached[b->succs[i]] && !s->is(s->ctx, b, i))
			reach(s, b->succs[i]);
}

bool on_all_paths_to(const struct function *fn, const struct block *to, edge_fn *is, void *ctx)
{
	struct path_search s = { fn, is, ctx, xcalloc(fn->nblocks, sizeof(*s.reached)) };
	bool all;

	reach(&s, 0);
	all = !s.reached[to - fn->blocks];
	free(s.reached);
	return all;
}

bool on_all_paths(const struct function *fn, const struct event *at, edge_fn *is, void *ctx)
{
	const struct block *b = block_of_event(fn, at);

	return !b || on_all_paths_to(fn, b, is, ctx);
}
