// SPDX-License-Identifier: GPL-2.0-only
/* modref.c - mod/ref analysis: which members a function, or one that it calls, may change. */
#include "modref.h"
#include "broken.h"
#include "callgraph.h"
#include "cycles.h"
#include "limit.h"

static uint32_t change_bit(str record, str field)
{
	return str_pair_hash(record, field) % (UINT64_C(64) * MODREF_WORDS);
}

bool modref_may_change(const struct link *l, uint32_t f, str record, str field)
{
	uint32_t bit = change_bit(record, field);

	return l->modref[f].changes[bit / 64] >> bit % 64 & 1;
}

static void add_changes(struct link *l, uint32_t f, uint32_t callee)
{
	uint32_t i;

	for (i = 0; i < MODREF_WORDS; i++)
		l->modref[f].changes[i] |= l->modref[callee].changes[i];
}

static void add_own_changes(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i, bit;

	for (i = 0; i < fn->nassigned; i++) {
		bit = change_bit(fn->assigned[i].record, fn->assigned[i].field);
		l->modref[f].changes[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

bool modref_update(struct link *l, uint32_t f)
{
	const struct modref old = l->modref[f];
	uint32_t t;

	l->modref[f] = (struct modref){ 0 };
	add_own_changes(l, f);
	for (t = 0; t < l->callgraph[f].ntargets; t++)
		add_changes(l, f, l->callgraph[f].targets[t]);
	return memcmp(&old, &l->modref[f], sizeof(old)) != 0;
}

void modref_narrow(struct link *l, uint32_t f, const bool *reached)
{
	const struct function *fn = &l->p->functions[f];
	const uint32_t *targets;
	uint32_t b, e, t, n;

	l->modref[f] = (struct modref){ 0 };
	add_own_changes(l, f);
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; reached[b] && e < fn->blocks[b].nevents; e++) {
			if (fn->blocks[b].events[e].kind != EV_CALL)
				continue;
			targets = call_targets(l, f, fn->blocks[b].events[e].call, &n);
			for (t = 0; t < n; t++)
				add_changes(l, f, targets[t]);
		}
}

/* --- all functions */

/* Iterates over the cycle that ends at bottom_up[last], to a fixpoint if it is not too long. */
static void close_cycle(struct link *l, const struct cycles *c, size_t last)
{
	uint32_t f = l->bottom_up[last], left;
	bool changed = true;
	size_t i;

	if (c->functions[f] > CYCLE_MAX) {
		limit_met(l, LIMIT_CYCLE, f);
		return;
	}
	while (changed) {
		changed = false;
		for (i = last, left = c->functions[f]; left; i--) {
			if (c->of[l->bottom_up[i]] != f)
				continue;
			changed |= modref_update(l, l->bottom_up[i]);
			left--;
		}
	}
}

void modref_summarise(struct link *l)
{
	struct cycles c;
	size_t i;

	cycles_find(l, &c);
	l->modref = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->modref));
	for (i = 0; i < l->p->nfunctions; i++) {
		uint32_t f = l->bottom_up[i];

		modref_update(l, f);
		if (c.of[f] == f && c.functions[f] > 1)
			close_cycle(l, &c, i);
	}
	cycles_free(&c);
}

void modref_check(const struct link *l)
{
	uint32_t f, i;

	for (f = 0; f < l->p->nfunctions; f++)
		for (i = 0; i < l->p->functions[f].nassigned; i++) {
			const struct assigned_member *c = &l->p->functions[f].assigned[i];

			if (!modref_may_change(l, f, c->record, c->field))
				broken(l, "modref", f, "it changes %s.%s, and does not",
				       str_get(c->record), str_get(c->field));
		}
}
