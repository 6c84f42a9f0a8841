// SPDX-License-Identifier: GPL-2.0-only
/* on_paths.c - do all paths of a function to an event take an edge of some kind? */
#include "on_paths.h"

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

bool on_all_paths(const struct function *fn, const struct event *at, edge_fn *is, void *ctx)
{
	struct path_search s = { fn, is, ctx, xcalloc(fn->nblocks, sizeof(*s.reached)) };
	bool all = true;
	uint32_t b;

	reach(&s, 0);
	for (b = 0; b < fn->nblocks; b++)
		if (at >= fn->blocks[b].events && at < fn->blocks[b].events + fn->blocks[b].nevents)
			all = !s.reached[b];
	free(s.reached);
	return all;
}
