// SPDX-License-Identifier: GPL-2.0-only
/* ended_if.c - activities that a function ends on some of its paths, as it finds them running. */
#include "ended_if.h"
#include "on_paths.h"

static bool tests_parameter(void *ctx, const struct block *b, uint32_t which)
{
	(void)ctx;
	(void)which;
	return b->nsuccs == 2 && b->test.param != NONE;
}

/* The activities that the event ends. */
static lock_set ended_by(const struct lock_flow *w, const struct event *e)
{
	const struct function_locks *t = w->locks;
	lock_set out = 0;
	uint32_t i;

	if (e->kind != EV_CALL)
		return 0;
	for (i = t->first_effect[e->call]; i < t->first_effect[e->call + 1]; i++)
		out |= LOCK_BIT(t->effects[i].lock) & t->activities;
	return out;
}

lock_set ended_as_found(const struct lock_flow *w)
{
	lock_set out = 0, ended;
	uint32_t b, e;

	for (b = 0; w->locks->activities && b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		for (e = 0, ended = 0; e < blk->nevents; e++)
			ended |= ended_by(w, &blk->events[e]);
		if (ended & ~out && !on_all_paths_to(w->fn, blk, tests_parameter, NULL))
			out |= ended;
	}
	return out;
}
