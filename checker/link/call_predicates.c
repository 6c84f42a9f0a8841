// SPDX-License-Identifier: GPL-2.0-only
/* call_predicates.c - which predicates hold at each call of a function. */
#include "call_predicates.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "specialise.h"

/* The predicates that hold on all paths to a point that were followed so far. */
struct arrival {
	bool reached;
	bool todo; /* of a block: that has changed since it was passed through */
	struct predicates known;
};

/* Adds a path on which `k` holds; returns whether less holds now. */
static bool arrive(struct arrival *at, const struct predicates *k)
{
	bool forgot = at->known.forgot;

	if (at->reached)
		return predicates_meet(&at->known, k) || at->known.forgot != forgot;
	at->reached = true;
	predicates_copy(&at->known, k);
	return true;
}

static bool takes_lock(const struct link *l, const struct call *c)
{
	const struct lock_api *api =
		c->kind == CALLEE_DIRECT ? model_lock(l->model, str_unqualified(c->name)) : NULL;

	return api && api->acquire;
}

/* Takes the predicates through block b; returns whether they changed at a successor. */
static bool pass_block(const struct link *l, uint32_t f, uint32_t b, struct arrival *in,
		       struct arrival *calls)
{
	const struct function *fn = &l->p->functions[f];
	const struct block *blk = &fn->blocks[b];
	struct predicates k;
	bool changed = false;
	uint32_t i;

	predicates_copy(&k, &in[b].known);
	for (i = 0; i < blk->nevents; i++) {
		const struct event *e = &blk->events[i];

		if (e->kind == EV_CALL) {
			arrive(&calls[e->call], &k);
			if (takes_lock(l, &fn->calls[e->call]))
				predicates_forget(&k, SUBJECT_MEMBER, NONE);
		}
		predicates_event(l, f, &k, e);
	}
	for (i = 0; i < blk->nsuccs; i++) {
		struct predicates edge;

		predicates_copy(&edge, &k);
		if (predicates_assume(&edge, blk, i) && arrive(&in[blk->succs[i]], &edge))
			changed = in[blk->succs[i]].todo = true;
	}
	return changed;
}

struct predicates *call_predicates(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct arrival *in = xcalloc(fn->nblocks, sizeof(*in));
	struct arrival *calls = xcalloc(fn->ncalls, sizeof(*calls));
	struct predicates *out = xcalloc(fn->ncalls, sizeof(*out));
	bool changed = true;
	uint32_t i;

	if (l->specialised[f].assumed)
		predicates_copy(&in[0].known, l->specialised[f].assumed);
	in[0].reached = in[0].todo = true;
	while (changed) {
		changed = false;
		for (i = 0; i < fn->nblocks; i++) {
			if (!in[i].todo)
				continue;
			in[i].todo = false;
			changed |= pass_block(l, f, i, in, calls);
		}
	}
	for (i = 0; i < fn->nblocks; i++)
		if (in[i].known.forgot)
			limit_met(l, LIMIT_KNOWN, f);
	for (i = 0; i < fn->ncalls; i++)
		predicates_copy(&out[i], &calls[i].known);
	free(in);
	free(calls);
	return out;
}
