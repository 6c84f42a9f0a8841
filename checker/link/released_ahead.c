// SPDX-License-Identifier: GPL-2.0-only
/*
 * released_ahead.c - locks that are held because they are released further on: a data flow against
 * the direction of control, over the effects of calls.
 */
#include "released_ahead.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "lock_path.h"
#include "path.h"
#include "symtab.h"

/* Is the variable set once, to a pointer that no call has returned? */
static bool is_given(const struct local *v)
{
	return !v->distinct && (!v->ndefs || (v->ndefs == 1 && v->defs[0].root == ROOT_UNKNOWN));
}

/*
 * Does the path denote one object wherever control is, but for another turn of a loop, and one that a
 * caller may have locked?
 */
static bool denotes_one(const struct function *fn, const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (step_varies(&p->steps[i]))
			return false;
	return p->root == ROOT_PARAM || p->root == ROOT_GLOBAL ||
	       (p->root == ROOT_LOCAL && is_given(&fn->locals[p->index]));
}

/* The locks that their holder alone releases, and whose path denotes one lock. */
static lock_set followed(const struct lock_flow *w)
{
	lock_set out = 0;
	uint32_t i;

	for (i = 0; i < w->locks->nlocks; i++) {
		const struct lock *lock = w->locks->locks[i];

		if (!lock->activity && !lock_may_be_any(lock) &&
		    !model_has(w->l->model, MODEL_UNOWNED, lock->type) &&
		    denotes_one(w->fn, &lock->path))
			out |= LOCK_BIT(i);
	}
	return out;
}

/* The locks whose path may denote another one in another turn of a loop. */
static lock_set of_turn(const struct lock_flow *w)
{
	lock_set out = 0;
	uint32_t i;

	for (i = 0; i < w->locks->nlocks; i++)
		if (w->locks->locks[i]->path.root == ROOT_LOCAL)
			out |= LOCK_BIT(i);
	return out;
}

static bool is_lock_call(const struct lock_flow *w, const struct call *c)
{
	return c->kind == CALLEE_DIRECT && model_lock(w->l->model, str_unqualified(c->name));
}

/* May a call take a lock that is not among its effects? */
static bool takes_unseen(const struct lock_flow *w, uint32_t call)
{
	const struct function_locks *t;
	uint32_t n, i, k;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	if (is_lock_call(w, &w->fn->calls[call]))
		return false;
	if (!n)
		return true;
	for (i = 0; i < n; i++) {
		t = &w->l->locks[targets[i]];
		if (!t->summarised || t->cyclic || t->untold)
			return true;
		for (k = 0; n > 1 && k < t->nsummary; k++)
			if (t->summary[k].op == OP_ACQUIRE &&
			    !t->summary_locks[t->summary[k].lock]->activity)
				return true;
	}
	return false;
}

/* The locks that lock `taken` may be. */
static lock_set may_be(const struct lock_flow *w, uint32_t taken)
{
	const struct lock *a = w->locks->locks[taken], *b;
	lock_set out = 0;
	uint32_t i;

	for (i = 0; i < w->locks->nlocks; i++) {
		b = w->locks->locks[i];
		if (a->name == b->name || ((!a->name || !b->name) && lock_may_be_of_type(a, b)))
			out |= LOCK_BIT(i);
	}
	return out;
}

/*
 * From the locks that are released later on some path behind an event to those before it.  What a callee
 * releases on some path only, it has mostly taken where that was not followed.
 */
static lock_set later_before_event(const struct lock_flow *w, const struct event *e, lock_set later)
{
	const struct function_locks *t = w->locks;
	lock_set released = 0;
	uint32_t i;

	if (e->kind != EV_CALL)
		return later;
	for (i = t->first_effect[e->call]; i < t->first_effect[e->call + 1]; i++) {
		const struct lock_effect *effect = &t->effects[i];

		if (effect->op == OP_ACQUIRE)
			later &= ~may_be(w, effect->lock);
		else if (effect->op == OP_RELEASE &&
			 (effect->surely || is_lock_call(w, &w->fn->calls[e->call])))
			released |= LOCK_BIT(effect->lock);
	}
	return later | (released & w->followed_later);
}

/* From the locks released ahead behind an event to those before it. */
static lock_set before_event(const struct lock_flow *w, const struct event *e, lock_set ahead)
{
	const struct function_locks *t = w->locks;
	lock_set released = 0;
	uint32_t i;

	if (e->kind != EV_CALL)
		return ahead;
	if (takes_unseen(w, e->call))
		ahead = 0;
	for (i = t->first_effect[e->call]; i < t->first_effect[e->call + 1]; i++) {
		const struct lock_effect *effect = &t->effects[i];

		if (effect->op == OP_ACQUIRE)
			ahead &= ~may_be(w, effect->lock);
		else if (effect->op == OP_RELEASE && effect->surely)
			released |= LOCK_BIT(effect->lock);
	}
	return ahead | released;
}

void released_ahead_in_block(const struct lock_flow *w, uint32_t b, struct released_ahead *before)
{
	const struct block *blk = &w->fn->blocks[b];
	uint32_t e = blk->nevents;

	before[e] = (struct released_ahead){ w->ahead[b], w->later[b], w->later_shared };
	while (w->followed_later && e--) {
		before[e] = before[e + 1];
		before[e].always = before_event(w, &blk->events[e], before[e + 1].always) &
				   w->followed;
		before[e].sometimes =
			later_before_event(w, &blk->events[e], before[e + 1].sometimes);
	}
}

static lock_set at_start(const struct lock_flow *w, uint32_t b)
{
	const struct block *blk = &w->fn->blocks[b];
	lock_set ahead = w->ahead[b];
	uint32_t e;

	for (e = blk->nevents; e--;)
		ahead = before_event(w, &blk->events[e], ahead) & w->followed;
	return ahead;
}

bool ends_without_return(const struct lock_flow *w, const struct block *b)
{
	const struct call *c;
	uint32_t t;

	if (!b->nevents || b->events[b->nevents - 1].kind != EV_CALL)
		return false;
	c = &w->fn->calls[b->events[b->nevents - 1].call];
	if (c->kind != CALLEE_DIRECT)
		return false;
	t = symtab_function(w->l, c->name, w->fn->loc.file);
	return t != NONE && w->l->p->functions[t].flags & FUNC_NORETURN;
}

/* Marks the blocks from which a path leads to the end of the function. */
static void find_ending(const struct lock_flow *w, bool *ends)
{
	bool changed = true;
	uint32_t b, i;

	while (changed) {
		changed = false;
		for (b = w->fn->nblocks; b--;) {
			const struct block *blk = &w->fn->blocks[b];
			bool leads = !blk->nsuccs;

			for (i = 0; i < blk->nsuccs; i++)
				leads |= ends[blk->succs[i]];
			changed |= leads && !ends[b];
			ends[b] |= leads;
		}
	}
}

/* What all successors of a block that can be reached have in common. */
static lock_set at_end(const struct lock_flow *w, uint32_t b, lock_set turn)
{
	const struct block *blk = &w->fn->blocks[b];
	lock_set ahead = LOCKS_ALL;
	uint32_t i;

	if (!blk->nsuccs)
		return ends_without_return(w, blk) ? LOCKS_ALL : 0;
	for (i = 0; i < blk->nsuccs; i++) {
		uint32_t to = blk->succs[i];

		if (w->in[to].n)
			ahead &= at_start(w, to) & (to <= b ? ~turn : LOCKS_ALL);
	}
	return ahead;
}

/* Finds w->released_here and the locks that calls surely release, and those in exclusive mode; false: none. */
static bool find_releases(struct lock_flow *w, lock_set *surely, lock_set *exclusive)
{
	const struct function_locks *t = w->locks;
	bool any = false;
	uint32_t c, i;

	for (c = 0; c < w->fn->ncalls; c++)
		for (i = t->first_effect[c]; i < t->first_effect[c + 1]; i++) {
			const struct lock_effect *e = &t->effects[i];
			lock_set lock = LOCK_BIT(e->lock);

			if (e->op != OP_RELEASE)
				continue;
			any = true;
			*surely |= e->surely ? lock : 0;
			*exclusive |= e->mode == MODE_EXCLUSIVE ? lock : 0;
			w->released_here |= e->surely || is_lock_call(w, &w->fn->calls[c]) ? lock :
											     0;
		}
	return any;
}

/* The locks that a function takes itself, but for those that it takes again. */
struct taken {
	lock_set seen;
	lock_set unseen; /* those that a callee may take of which its summary says nothing */
};

/*
 * Takes the locks that were released on every path since entry over a call; adds to *taken what the
 * call takes and is none of them.
 */
static lock_set behind_call(const struct lock_flow *w, uint32_t call, lock_set behind,
			    struct taken *taken)
{
	const struct function_locks *t = w->locks;
	uint32_t n, i;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	for (i = 0; i < n; i++)
		if (w->l->locks[targets[i]].untold)
			taken->unseen |= ~behind;
	for (i = t->first_effect[call]; i < t->first_effect[call + 1]; i++)
		if (t->effects[i].op == OP_RELEASE && t->effects[i].surely)
			behind |= LOCK_BIT(t->effects[i].lock);
	for (i = t->first_effect[call]; i < t->first_effect[call + 1]; i++)
		if (t->effects[i].op == OP_ACQUIRE)
			taken->seen |= may_be(w, t->effects[i].lock) & ~behind;
	return behind;
}

static lock_set behind_block(const struct lock_flow *w, uint32_t b, lock_set behind,
			     struct taken *taken)
{
	const struct block *blk = &w->fn->blocks[b];
	uint32_t e;

	for (e = 0; e < blk->nevents; e++)
		if (blk->events[e].kind == EV_CALL)
			behind = behind_call(w, blk->events[e].call, behind, taken);
	return behind;
}

static struct taken taken_here(const struct lock_flow *w)
{
	uint32_t n = w->fn->nblocks, b, i;
	lock_set *behind = xcalloc(n, sizeof(*behind)), out;
	struct taken taken = { 0 };
	bool changed = true;

	for (b = 1; b < n; b++)
		behind[b] = LOCKS_ALL;
	while (changed) {
		changed = false;
		for (b = 0; b < n; b++) {
			const struct block *blk = &w->fn->blocks[b];

			out = behind_block(w, b, behind[b], &taken);
			for (i = 0; i < blk->nsuccs; i++) {
				changed |= behind[blk->succs[i]] & ~out;
				behind[blk->succs[i]] &= out;
			}
		}
	}
	free(behind);
	return taken;
}

/* Finds w->ahead, whose sets begin as large as they may be and shrink. */
static void find_ahead(struct lock_flow *w, lock_set turn)
{
	uint32_t n = w->fn->nblocks, b;
	bool *ends = xcalloc(n, sizeof(*ends)), changed = true;
	lock_set ahead;

	find_ending(w, ends);
	for (b = 0; b < n; b++)
		w->ahead[b] = ends[b] ? w->followed : 0;
	while (changed) {
		changed = false;
		for (b = n; b--;) {
			ahead = ends[b] ? at_end(w, b, turn) & w->followed : 0;
			changed |= ahead != w->ahead[b];
			w->ahead[b] = ahead;
		}
	}
	free(ends);
}

static lock_set later_at_start(const struct lock_flow *w, uint32_t b)
{
	const struct block *blk = &w->fn->blocks[b];
	lock_set later = w->later[b];
	uint32_t e;

	for (e = blk->nevents; e--;)
		later = later_before_event(w, &blk->events[e], later);
	return later;
}

/* Finds w->later, whose sets begin empty and grow. */
static void find_later(struct lock_flow *w, lock_set turn)
{
	bool changed = true;
	lock_set later;
	uint32_t b, i;

	while (changed) {
		changed = false;
		for (b = w->fn->nblocks; b--;) {
			const struct block *blk = &w->fn->blocks[b];

			later = 0;
			for (i = 0; i < blk->nsuccs; i++)
				if (w->in[blk->succs[i]].n)
					later |= later_at_start(w, blk->succs[i]) &
						 (blk->succs[i] <= b ? ~turn : LOCKS_ALL);
			changed |= later != w->later[b];
			w->later[b] = later;
		}
	}
}

void released_ahead_find(struct lock_flow *w)
{
	uint32_t n = w->fn->nblocks;
	lock_set turn, surely = 0, exclusive = 0;
	struct taken taken;

	w->ahead = xcalloc(n, sizeof(*w->ahead));
	w->later = xcalloc(n, sizeof(*w->later));
	if (!find_releases(w, &surely, &exclusive))
		return;
	w->later_shared = ~exclusive;
	w->followed_later = followed(w);
	if (!w->followed_later)
		return;
	taken = taken_here(w);
	w->followed_later &= ~taken.seen;
	w->followed = surely ? w->followed_later & ~taken.unseen : 0;
	turn = of_turn(w);
	if (w->followed)
		find_ahead(w, turn);
	if (w->followed_later)
		find_later(w, turn);
}

lock_set released_ahead_at_entry(const struct lock_flow *w)
{
	return w->ahead && w->followed ? at_start(w, 0) : 0;
}

void released_later_add(const struct released_ahead *ahead, const struct lock_state *s, uint32_t n,
			struct point_state *p)
{
	lock_set later = ahead->sometimes & ~(p->exclusive | p->shared | p->sometimes);
	uint32_t i;

	for (i = 0; i < n; i++)
		later &= ~(state_may_hold(&s[i]) | s[i].released | s[i].released_shared);
	p->shared_sometimes |= later & ahead->shared;
	p->sometimes |= later;
}
