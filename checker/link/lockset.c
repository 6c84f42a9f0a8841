// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockset.c - must-locksets inside each function, and its summary for callers.
 *
 * One forward data flow for each function, callees before callers: at every point the locks that
 * were acquired since entry on all paths, and those released since entry on some path.  What the
 * callers hold is joined in later (entry_locks.c), so that one data flow serves all contexts.
 */
#include "lockset.h"
#include "broken.h"
#include "callgraph.h"
#include "ended_if.h"
#include "keymap.h"
#include "limit.h"
#include "lock_names.h"
#include "lock_path.h"
#include "lock_points.h"
#include "lock_summary.h"
#include "modref.h"
#include "point_states.h"
#include "released_ahead.h"
#include "rules.h"
#include "specialise.h"
#include "threads.h"

/* --- the data flow of one function */

/* The state at entry, from annotations and, for a copy, from its callers. */
static void initial_state(struct lock_flow *w, struct lock_state *s)
{
	const struct predicates *assumed = w->l->specialised[w->f].assumed;
	uint32_t i;

	*s = (struct lock_state){ 0 };
	if (assumed)
		s->known = *assumed;
	for (i = 0; i < w->fn->nannotations; i++) {
		const struct annotation *a = &w->fn->annotations[i];
		struct lock lock;
		uint32_t at;

		if ((a->kind != ANN_MUST_HOLD && a->kind != ANN_MUST_HOLD_SHARED) ||
		    a->lock.root == ROOT_UNKNOWN)
			continue;
		lock = lock_of_path(w->l, MODE_EXCLUSIVE, &a->lock);
		at = lock_index(w->l, w->locks, &lock);
		if (at != NONE)
			*(a->kind == ANN_MUST_HOLD ? &s->asserted : &s->asserted_shared) |=
				LOCK_BIT(at);
	}
}

/* Takes a state along an edge; returns whether the states where it leads to changed. */
static bool flow_edge(struct lock_flow *w, const struct block *blk, uint32_t i,
		      struct lock_state *edge)
{
	uint32_t to = blk->succs[i];
	bool changed;

	w->forgot |= edge->known.forgot;
	if (!state_branch(edge, blk, i))
		return false;
	locks_note_branch(w, edge, blk, i);
	changed = states_add(&w->in[to], edge);
	w->todo[to] |= changed;
	w->joined |= w->in[to].key != KEY_LOCKS;
	return changed;
}

/* Takes a state at the end of a block to its successors; returns whether their states changed. */
static bool flow_edges(struct lock_flow *w, const struct block *blk, const struct lock_state *out)
{
	struct lock_state edge;
	bool changed = false;
	uint32_t i;

	for (i = 0; i < blk->nsuccs; i++) {
		state_copy(&edge, out);
		changed |= flow_edge(w, blk, i, &edge);
	}
	return changed;
}

typedef bool flow_fn(struct lock_flow *w, const struct block *blk, const struct lock_state *out);

/* Takes the states of the blocks on that have changed; returns whether any did. */
static bool flow_blocks(struct lock_flow *w, flow_fn *flow)
{
	struct lock_state out;
	bool changed = false;
	uint32_t b, i;

	for (b = 0; b < w->fn->nblocks; b++) {
		if (!w->todo[b])
			continue;
		w->todo[b] = false;
		for (i = 0; i < w->in[b].n; i++) {
			state_copy(&out, &w->in[b].of[i]);
			state_block(w, b, &out);
			changed |= flow(w, &w->fn->blocks[b], &out);
		}
	}
	return changed;
}

/* Marks the members that anything in the program assigns, or whose whole record it writes. */
static void find_assigned(struct link *l)
{
	uint32_t f, i, b, e;

	l->assigned = arena_alloc(l->arena, sizeof(*l->assigned));
	for (f = 0; f < l->p->nfunctions; f++) {
		const struct function *fn = &l->p->functions[f];
		const struct path *whole;

		for (i = 0; i < fn->nassigned; i++)
			keymap_mark(l->assigned,
				    keymap_pair(fn->assigned[i].record, fn->assigned[i].field));
		for (i = 0; i < fn->ncalls; i++)
			if ((whole = call_overwrites(l, fn, i)))
				keymap_mark(l->assigned, keymap_pair(whole->type, 0));
		for (b = 0; b < fn->nblocks; b++)
			for (e = 0; e < fn->blocks[b].nevents; e++)
				if (fn->blocks[b].events[e].kind == EV_ACCESS &&
				    fn->blocks[b].events[e].access == ACCESS_WHOLE)
					keymap_mark(l->assigned,
						    keymap_pair(fn->blocks[b].events[e].obj->type,
								0));
	}
}

/* Would the edge be feasible if another CPU changed a member that the state knows?  Forgets it then. */
static bool forget_contradicted(struct lock_flow *w, struct lock_state *s, const struct block *blk,
				uint32_t which)
{
	uint32_t m = predicates_contradicted(&s->known, blk, which);
	const struct tested_member *t = m == NONE ? NULL : &w->fn->tested[m];

	if (!t || !(keymap_has(w->l->assigned, keymap_pair(t->obj.type, t->field)) ||
		    keymap_has(w->l->assigned, keymap_pair(t->obj.type, 0))))
		return false;
	predicates_forget(&s->known, SUBJECT_MEMBER, m);
	return true;
}

/*
 * Takes a state to those successors to which no path leads unless another CPU changes a member
 * between two tests.  Where other paths lead, it is not joined in: the locks there would be too few.
 */
static bool flow_against(struct lock_flow *w, const struct block *blk, const struct lock_state *out)
{
	bool changed = false;
	uint32_t i;

	for (i = 0; i < blk->nsuccs; i++) {
		struct lock_state edge;

		if (w->in[blk->succs[i]].n && !w->against[blk->succs[i]])
			continue;
		state_copy(&edge, out);
		if (forget_contradicted(w, &edge, blk, i) || w->against[blk - w->fn->blocks])
			changed |= flow_edge(w, blk, i, &edge);
		w->against[blk->succs[i]] = w->in[blk->succs[i]].n;
	}
	return changed;
}

/* Has the block a successor that no path has led to? */
static bool leads_to_unreached(const struct lock_flow *w, uint32_t b)
{
	const struct block *blk = &w->fn->blocks[b];
	uint32_t i;

	for (i = 0; i < blk->nsuccs; i++)
		if (!w->in[blk->succs[i]].n)
			return true;
	return false;
}

static void flow_function(struct lock_flow *w)
{
	struct lock_state entry;
	uint32_t b;

	w->in = xcalloc(w->fn->nblocks, sizeof(*w->in));
	w->against = xcalloc(w->fn->nblocks, sizeof(*w->against));
	w->todo = xcalloc(w->fn->nblocks, sizeof(*w->todo));
	initial_state(w, &entry);
	states_add(&w->in[0], &entry);
	w->todo[0] = true;
	while (flow_blocks(w, flow_edges))
		;
	for (b = 0; b < w->fn->nblocks; b++)
		w->todo[b] = leads_to_unreached(w, b);
	while (flow_blocks(w, flow_against))
		;
}

static void flow_free(struct lock_flow *w)
{
	uint32_t b;

	for (b = 0; b < w->fn->nblocks; b++)
		free(w->in[b].of);
	free(w->in);
	free(w->ahead);
	free(w->later);
	free(w->against);
	free(w->todo);
	free(w->quiet);
}

/* --- all functions */

/* Calls that the copy of a function does not reach change nothing. */
static void narrow_copy(const struct lock_flow *w)
{
	bool *reached = xcalloc(w->fn->nblocks, sizeof(*reached));
	uint32_t b;

	for (b = 0; b < w->fn->nblocks; b++)
		reached[b] = w->in[b].n && !w->against[b];
	modref_narrow(w->l, w->f, reached);
	free(reached);
}

/* Keeps no more room than there are locks. */
static void keep_locks(const struct lock_flow *w)
{
	struct function_locks *t = w->locks;
	const struct lock **made = t->locks;

	t->locks = t->summary_locks = arena_copy(w->l->arena, made, t->nlocks * sizeof(*made));
	free(made);
}

static void summarise_one(struct link *l, uint32_t f)
{
	struct lock_flow w = { .l = l,
			       .f = f,
			       .fn = &l->p->functions[f],
			       .locks = &l->locks[f],
			       .escape = &l->escape[f] };

	/* (not the summary: a function that calls itself reads it) */
	w.locks->locks = NULL;
	w.locks->nlocks = 0;
	w.locks->activities = 0;
	modref_update(l, f);
	lock_effects(l, f);
	w.as_found = ended_as_found(&w);
	if (w.fn->nblocks) {
		flow_function(&w);
		if (w.joined)
			limit_met(l, LIMIT_STATES, f);
		if (w.forgot)
			limit_met(l, LIMIT_KNOWN, f);
		if (w.unpaired)
			limit_met(l, LIMIT_SAME, f);
		if (is_specialised(l, f))
			narrow_copy(&w);
		released_ahead_find(&w);
		lock_summary(&w);
		if (l->relevant[f])
			lock_points_keep(&w);
		flow_free(&w);
	}
	keep_locks(&w);
	w.locks->summarised = true;
}

/* Is the effect `was` on the lock still in the summary? */
static bool still_acquires(const struct function_locks *now, const struct lock_effect *was,
			   const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < now->nsummary; i++) {
		const struct lock_effect *e = &now->summary[i];

		if (e->op == was->op && e->mode == was->mode && e->maybe == was->maybe &&
		    e->told_by == was->told_by && e->when.held == was->when.held &&
		    e->when.possible == was->when.possible && e->when.fails == was->when.fails &&
		    now->summary_locks[e->lock] == lock)
			return true;
	}
	return false;
}

/* Returns whether a call of f acquires less than it did before. */
static bool summarise_again(struct link *l, uint32_t f)
{
	const struct function_locks old = l->locks[f];
	uint32_t i;

	summarise_one(l, f);
	for (i = 0; i < old.nsummary; i++) {
		const struct lock_effect *e = &old.summary[i];

		if ((e->op == OP_ACQUIRE || e->op == OP_SPARE) &&
		    !still_acquires(&l->locks[f], e, old.summary_locks[e->lock]))
			return true;
	}
	return false;
}

static void set_stale(struct link *l, uint32_t f, bool to)
{
	__atomic_store_n(&l->locks[f].stale, to, __ATOMIC_RELAXED);
}

static bool is_stale(const struct link *l, uint32_t f)
{
	return __atomic_load_n(&l->locks[f].stale, __ATOMIC_RELAXED);
}

static void summarise_stale(struct link *l, uint32_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t c;

	if (!is_stale(l, f))
		return;
	set_stale(l, f, false);
	if (!summarise_again(l, f))
		return;
	for (c = 0; c < g->ncallers; c++)
		if (l->called[g->callers[c]])
			set_stale(l, g->callers[c], true);
}

/* So many stale functions are worth the time that threads take to find their order. */
#define STALE_SHARED 5000

/* One round over the stale functions; returns whether there were any. */
static bool summarise_round(struct link *l)
{
	size_t stale = 0, i;

	for (i = 0; i < l->p->nfunctions; i++)
		stale += is_stale(l, (uint32_t)i);
	if (stale >= STALE_SHARED)
		threads_bottom_up(l, l->called, summarise_stale);
	for (i = 0; stale && stale < STALE_SHARED && i < l->p->nfunctions; i++)
		summarise_stale(l, l->bottom_up[i]);
	return stale;
}

void lockset_summarise(struct link *l)
{
	uint32_t i, round;

	l->locks = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->locks));
	find_assigned(l);
	point_states_begin(l);
	threads_bottom_up(l, l->called, summarise_one);
	/* In a cycle the summary of a callee was missing: iterate to a fixpoint. */
	for (i = 0; i < l->p->nfunctions; i++)
		set_stale(l, i, l->locks[i].cyclic);
	for (round = 0; summarise_round(l); round++)
		if (round == ROUNDS_MAX) {
			for (i = 0; i < l->p->nfunctions; i++)
				if (is_stale(l, i))
					limit_met(l, LIMIT_ROUNDS, i);
			break;
		}
	point_states_end(l);
	keymap_free(l->assigned);
	l->assigned = NULL;
}

/* --- */

static void check_effects(const struct link *l, uint32_t f)
{
	const struct function_locks *t = &l->locks[f];
	uint32_t ncalls = l->p->functions[f].ncalls, i;

	for (i = 0; i < ncalls; i++)
		if (t->first_effect[i] > t->first_effect[i + 1])
			broken(l, "lockset", f, "the effects of call %u end before they begin", i);
	for (i = 0; i < t->first_effect[ncalls]; i++)
		if (t->effects[i].lock >= t->nlocks)
			broken(l, "lockset", f, "effect %u is on lock %u of %u", i,
			       t->effects[i].lock, t->nlocks);
}

/* A caller has no names for what is on the callee's stack. */
static void check_summary(const struct link *l, uint32_t f)
{
	const struct function_locks *t = &l->locks[f];
	uint32_t i;

	for (i = 0; i < t->nsummary; i++) {
		const struct lock_effect *e = &t->summary[i];
		const struct path *p;

		if (e->lock >= t->nlocks || e->op > OP_DROP_EACH)
			broken(l, "lockset", f, "summary %u is on lock %u of %u", i, e->lock,
			       t->nlocks);
		p = &t->summary_locks[e->lock]->path;
		if (p->root == ROOT_STACK ||
		    (e->op == OP_RELEASE && !lock_may_be_any(t->summary_locks[e->lock]) &&
		     (p->root == ROOT_LOCAL || p->root == ROOT_CALL)))
			broken(l, "lockset", f, "summary %u is on a lock of its own", i);
	}
}

static void check_points(const struct link *l, uint32_t f)
{
	const struct function_locks *t = &l->locks[f];
	lock_set locks = t->nlocks < LOCK_SET_BITS ? LOCK_BIT(t->nlocks) - 1 : LOCKS_ALL;
	uint64_t fresh = (UINT64_C(1) << (l->escape[f].nfresh + l->escape[f].nholders)) - 1;
	uint32_t i;

	for (i = 0; i < t->npoints; i++) {
		const struct point_state *p = t->points[i].is;

		if ((p->exclusive | p->shared | p->released | p->released_shared) & ~locks)
			broken(l, "lockset", f, "point %u names a lock beyond %u", i, t->nlocks);
		if (p->exclusive & ~p->shared)
			broken(l, "lockset", f, "point %u has an exclusive lock not held", i);
		if ((p->published | p->handed_out | p->exposed) & ~fresh)
			broken(l, "lockset", f, "point %u names an object beyond %u", i,
			       l->escape[f].nfresh);
	}
}

void lockset_check(const struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (!l->called[f])
			continue;
		if (!l->locks[f].summarised || l->locks[f].nlocks > LOCKS_MAX + 1)
			broken(l, "lockset", f, "it has no summary, or %u locks",
			       l->locks[f].nlocks);
		check_effects(l, f);
		check_summary(l, f);
		check_points(l, f);
	}
}
