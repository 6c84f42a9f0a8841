// SPDX-License-Identifier: GPL-2.0-only
/* frames.c - the functions of the call chain of a write, from the store upwards. */
#include "frames.h"
#include "callgraph.h"
#include "resolve.h"

static bool same_loc(const struct loc *a, const struct loc *b)
{
	return a->line == b->line && a->col == b->col && a->file == b->file;
}

static const struct event *find_event(const struct link *l, uint32_t f, const struct loc *at,
				      bool call)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (call ? ev->kind == EV_CALL && same_loc(&fn->calls[ev->call].loc, at) :
				   ev->kind == EV_ACCESS && ev->access != ACCESS_READ &&
					    same_loc(&ev->loc, at))
				return ev;
		}
	return NULL;
}

bool frame_of_write(const struct link *l, const struct write *w, struct chain_frame *at)
{
	at->function = w->function;
	at->event = find_event(l, w->function, &w->loc, false);
	if (!at->event)
		return false;
	at->object = resolve_path(l, w->function, at->event->obj);
	return true;
}

bool frame_up(const struct link *l, const struct write *w, uint32_t i, struct chain_frame *at)
{
	const struct callgraph_node *g = &l->callgraph[at->function];
	uint32_t c;

	for (c = 0; i && c < g->ncallers; c++) {
		const struct function *caller = &l->p->functions[g->callers[c]];
		const struct event *e =
			caller->name == w->chain[i - 1] ?
				find_event(l, g->callers[c], &w->chain_locs[i - 1], true) :
				NULL;

		if (!e)
			continue;
		at->function = g->callers[c];
		at->event = e;
		at->object = substitute_path(l, at->function, &caller->calls[e->call], &at->object);
		return true;
	}
	return false;
}
