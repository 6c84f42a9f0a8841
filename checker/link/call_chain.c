// SPDX-License-Identifier: GPL-2.0-only
/* call_chain.c - the calls from an entry point down to a write. */
#include "call_chain.h"

/* The call by which context `at` was entered; NULL for an entry point. */
static const struct call *call_to(const struct link *l, uint32_t at)
{
	return context_at(l, at)->parent == NONE ? NULL : context_call(l, at);
}

/* How many calls of the chain go through a slot: few do. */
static uint32_t count_slots(const struct link *l, uint32_t at)
{
	const struct call *c;
	uint32_t n = 0;

	for (; (c = call_to(l, at)); at = context_at(l, at)->parent)
		n += c->kind == CALLEE_SLOT;
	return n;
}

/* Fills w->via: the slots that the chain goes through. */
static void fill_via(struct link *l, uint32_t at, struct write *w)
{
	const struct call *c;
	uint32_t i, frame = w->nchain, n = count_slots(l, at);

	w->via = arena_alloc(l->arena, n * sizeof(*w->via));
	w->via_frames = arena_alloc(l->arena, n * sizeof(*w->via_frames));
	for (i = at; (c = call_to(l, i)); i = context_at(l, i)->parent) {
		frame -= 1 + !!context_at(l, i)->label;
		if (c->kind != CALLEE_SLOT)
			continue;
		w->via_frames[w->nvia] = frame;
		w->via[w->nvia++] = (struct via){ c->record, c->name,
						  l->p->functions[context_at(l, i)->function].key,
						  0 };
	}
}

/* Fills w->chain and w->chain_locs: labels of entry points and names of functions, outermost first. */
static void fill_functions(struct link *l, uint32_t at, struct write *w)
{
	uint32_t n = 0, i;

	for (i = at; i != NONE; i = context_at(l, i)->parent)
		n += 1 + !!context_at(l, i)->label;
	w->nchain = n;
	w->chain = arena_alloc(l->arena, n * sizeof(*w->chain));
	w->chain_locs = arena_alloc(l->arena, n * sizeof(*w->chain_locs));
	w->chain_functions = arena_alloc(l->arena, n * sizeof(*w->chain_functions));
	for (i = at; i != NONE; i = context_at(l, i)->parent) {
		const struct function *f = &l->p->functions[context_at(l, i)->function];

		w->chain[--n] = f->name;
		w->chain_functions[n] = context_at(l, i)->function;
		if (i == at)
			w->chain_locs[n] = w->loc;
		if (context_at(l, i)->parent != NONE && n)
			w->chain_locs[n - 1] = call_to(l, i)->loc;
		if (context_at(l, i)->label) {
			w->chain[--n] = context_at(l, i)->label;
			w->chain_locs[n] = f->loc;
			w->chain_functions[n] = NONE;
		}
	}
}

void call_chain_fill(struct link *l, uint32_t at, struct write *w)
{
	fill_functions(l, at, w);
	fill_via(l, at, w);
}
