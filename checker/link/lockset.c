// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockset.c - must-hold locksets inside each function, and what a call of it
 * takes, drops or asserts for its caller.
 *
 * One forward pass per function, callees first: at every point the locks taken
 * since entry on all paths, and those dropped since entry on some path.  The
 * locks of a caller are joined in later (explore.c), so one pass serves all.
 */
#include "lockset.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_effects.h"
#include "lockset_transfer.h"
#include "modref.h"
#include "resolve.h"
#include "specialise.h"
#include "symtab.h"
#include "rules.h"

/* Takes a copy of state `i` at the entry of block b to its end. */
static void flow_block(struct flow *w, uint32_t b, uint32_t i, struct state *s)
{
	uint32_t e;

	*s = w->in[b].of[i];
	for (e = 0; e < w->fn->blocks[b].nevents; e++)
		state_event(w, s, &w->fn->blocks[b].events[e]);
}

static void initial_state(struct flow *w, struct state *s)
{
	const struct known *assumed = w->l->specialised[w->f].assumed;
	uint32_t i;

	*s = (struct state){ 0 };
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
				UINT64_C(1) << at;
	}
}

static bool flow_edges(struct flow *w, const struct block *blk, const struct state *out)
{
	bool changed = false;
	uint32_t i;

	for (i = 0; i < blk->nsuccs; i++) {
		struct state edge = *out;

		w->forgot |= edge.known.forgot;
		if (state_test(&edge, blk, i))
			changed |= states_add(&w->in[blk->succs[i]], &edge);
		w->joined |= w->in[blk->succs[i]].apart != APART_BY_LOCKS;
	}
	return changed;
}

static void flow_function(struct flow *w)
{
	uint32_t n = w->fn->nblocks, b, i;
	bool changed = true;
	struct state out;

	w->in = xcalloc(n, sizeof(*w->in));
	w->in[0].n = 1;
	initial_state(w, &w->in[0].of[0]);
	while (changed) {
		changed = false;
		for (b = 0; b < n; b++)
			for (i = 0; i < w->in[b].n; i++) {
				flow_block(w, b, i, &out);
				changed |= flow_edges(w, &w->fn->blocks[b], &out);
			}
	}
}

/* Locks at the exits of a function, told apart by whether it returns zero. */
struct exits {
	bool any, zero, nonzero;
	struct state all, when_zero, when_nonzero;
};

static void add_exit(bool *seen, struct state *into, const struct state *s)
{
	if (*seen) {
		state_join(into, s);
		return;
	}
	*seen = true;
	*into = *s;
	into->maybe = state_may_hold(s);
}

/* An exit that returns a result not tested: as if it had been, both ways. */
static void exit_untested(struct exits *x, const struct state *s, const struct block *b)
{
	struct state z = *s, nz = *s;
	struct block tested = { .nsuccs = 2, .test = NO_TEST };
	bool can_be_zero, can_be_nonzero;

	if (b->return_kind == RETURN_CALL)
		tested.test.call = b->return_index;
	else if (b->return_kind == RETURN_LOCAL)
		tested.test.local = b->return_index;
	if (tested.test.call != NONE || tested.test.local != NONE)
		tested.test.kind = TEST_NONZERO;
	can_be_nonzero = state_test(&nz, &tested, 0);
	can_be_zero = state_test(&z, &tested, 1);
	if (can_be_zero) {
		add_exit(&x->zero, &x->when_zero, &z);
		add_exit(&x->any, &x->all, &z);
	}
	if (can_be_nonzero) {
		add_exit(&x->nonzero, &x->when_nonzero, &nz);
		add_exit(&x->any, &x->all, &nz);
	}
}

static void exit_block(struct exits *x, const struct state *s, const struct block *b)
{
	if (b->return_kind == RETURN_ZERO)
		add_exit(&x->zero, &x->when_zero, s);
	else if (b->return_kind == RETURN_NONZERO)
		add_exit(&x->nonzero, &x->when_nonzero, s);
	else {
		exit_untested(x, s, b);
		return;
	}
	add_exit(&x->any, &x->all, s);
}

static bool ends_without_return(const struct flow *w, const struct block *b)
{
	const struct call *c;
	uint32_t t;

	if (!b->nevents || b->events[b->nevents - 1].kind != EV_CALL)
		return false;
	c = &w->fn->calls[b->events[b->nevents - 1].call];
	if (c->kind != CALLEE_DIRECT)
		return false;
	t = symtab_function(w->l, c->name, w->fn->loc.file);
	return call_has(w->l, c, MODEL_NORETURN) ||
	       (t != NONE && w->l->p->functions[t].flags & FUNC_NORETURN);
}

/*
 * Callers hear of locks of the objects they passed and of global ones, and by
 * name of locks taken on others.  A release of an object the function got hold
 * of itself (a child it cloned, an entry it looked up) is not one of theirs.
 */
static bool exported(const struct lock *lock, uint32_t op)
{
	if (op == OP_RELEASE && (lock->path.root == ROOT_CALL || lock->path.root == ROOT_LOCAL))
		return false;
	return lock->path.root != ROOT_STACK;
}

static void add_summary(struct flow *w, uint32_t op, uint32_t lock, uint32_t mode, uint32_t result)
{
	if (exported(w->locks->locks[lock], op))
		*vec_add(w->summary.v, w->summary.n, w->summary.cap) =
			(struct lock_effect){ op, lock, mode, result };
}

static uint32_t held_mode(const struct state *s, uint64_t bit)
{
	return s->exclusive & bit ? MODE_EXCLUSIVE : s->shared & bit ? MODE_SHARED : 0;
}

static uint32_t release_result(const struct exits *x, uint32_t lock)
{
	return x->all.maybe_released >> lock & 1 ? RESULT_MAYBE : RESULT_ALWAYS;
}

static void summarise_exits(struct flow *w, const struct exits *x)
{
	uint32_t i, mode;

	for (i = 0; i < w->locks->nlocks; i++)
		if (x->all.released >> i & 1)
			add_summary(w, OP_RELEASE, i, MODE_EXCLUSIVE, release_result(x, i));
		else if (x->all.released_shared >> i & 1)
			add_summary(w, OP_RELEASE, i, MODE_SHARED, release_result(x, i));
	for (i = 0; i < w->locks->nlocks; i++) {
		uint64_t bit = UINT64_C(1) << i;

		mode = held_mode(&x->all, bit);
		if (mode)
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_ALWAYS);
		else if (x->zero && (mode = held_mode(&x->when_zero, bit)))
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_ZERO);
		else if (x->nonzero && (mode = held_mode(&x->when_nonzero, bit)))
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_NONZERO);
		else if (x->all.maybe & bit)
			add_summary(w, OP_ACQUIRE, i, MODE_EXCLUSIVE, RESULT_MAYBE);
		if (x->all.asserted & bit)
			add_summary(w, OP_ASSERT, i, MODE_EXCLUSIVE, RESULT_ALWAYS);
		else if (x->all.asserted_shared & bit)
			add_summary(w, OP_ASSERT, i, MODE_SHARED, RESULT_ALWAYS);
	}
}

static void summarise_function(struct flow *w)
{
	struct exits x = { 0 };
	struct state s;
	uint32_t b, i;

	for (b = 0; b < w->fn->nblocks; b++) {
		if (w->fn->blocks[b].nsuccs || ends_without_return(w, &w->fn->blocks[b]))
			continue;
		for (i = 0; i < w->in[b].n; i++) {
			flow_block(w, b, i, &s);
			exit_block(&x, &s, &w->fn->blocks[b]);
		}
	}
	if (x.any)
		summarise_exits(w, &x);
	w->locks->sleeps = x.any && x.all.slept;
	/* Annotated wrappers around what has no body here (assembler, macros). */
	if (!w->summary.n)
		annotation_effects(w->l, w->f, &w->summary);
	w->locks->nsummary = (uint32_t)w->summary.n;
	w->locks->summary =
		arena_copy(w->l->arena, w->summary.v, w->summary.n * sizeof(*w->summary.v));
	w->locks->summary_locks = w->locks->locks;
	free(w->summary.v);
}

static bool is_point(const struct event *e)
{
	return e->kind == EV_CALL || (e->kind == EV_ACCESS && e->access != ACCESS_READ);
}

/* Where a call is given no object, nobody asks for its lock: those that its null arguments stand for. */
static uint64_t locks_of_null(const struct flow *w, const struct known *k, const struct event *e)
{
	const struct call *c = e->kind == EV_CALL ? &w->fn->calls[e->call] : NULL;
	uint64_t null = 0, out = 0;
	struct path inner;
	uint32_t i;

	if (c && c->nargs > ARGS_MAX)
		limit_met(w->l, LIMIT_ARGS, w->f);
	for (i = 0; c && i < c->nargs && i < ARGS_MAX; i++)
		if (known_null(w->fn, k, c->args[i]))
			null |= UINT64_C(1) << i;
	for (i = 0; null && i < w->locks->nlocks; i++)
		if (express_path(w->l, w->f, c, &w->locks->locks[i]->path, &inner) &&
		    inner.root == ROOT_PARAM && null >> inner.index & 1)
			out |= UINT64_C(1) << i;
	return out;
}

/* What all states of a point have in common. */
static void add_point(struct flow *w, const struct states *s, const struct event *e)
{
	struct point p = {
		.event = e, .exclusive = UINT64_MAX, .shared = UINT64_MAX, .slept = true
	};
	uint64_t may = 0, dropped = UINT64_MAX;
	uint32_t i;

	for (i = 0; i < s->n; i++) {
		uint64_t exclusive = s->of[i].exclusive | s->of[i].asserted |
				     locks_of_null(w, &s->of[i].known, e);

		may |= exclusive | s->of[i].maybe;
		p.maybe_released |= s->of[i].maybe_released;
		dropped &= s->of[i].released;
		p.exclusive &= exclusive;
		p.shared &= exclusive | s->of[i].shared | s->of[i].asserted_shared;
		p.released |= s->of[i].released;
		p.released_shared |= s->of[i].released_shared;
		p.published |= s->of[i].published;
		p.handed_out |= s->of[i].handed_out;
		p.slept &= s->of[i].slept;
	}
	p.sometimes = may & ~(p.exclusive | p.shared) || p.released & ~dropped;
	*vec_add(w->points, w->npoints, w->points_cap) = p;
}

static void keep_points(struct flow *w)
{
	struct states s;
	uint32_t b, e, i;

	for (b = 0; b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		s = w->in[b];
		for (e = 0; s.n && e < blk->nevents; e++) {
			if (is_point(&blk->events[e]))
				add_point(w, &s, &blk->events[e]);
			for (i = 0; i < s.n; i++)
				state_event(w, &s.of[i], &blk->events[e]);
		}
	}
	w->locks->npoints = (uint32_t)w->npoints;
	w->locks->points = arena_copy(w->l->arena, w->points, w->npoints * sizeof(*w->points));
	free(w->points);
}

/* What is known of a clone's arguments leaves out some of its calls. */
static void narrow_clone(const struct flow *w)
{
	bool *reached = xcalloc(w->fn->nblocks, sizeof(*reached));
	uint32_t b;

	for (b = 0; b < w->fn->nblocks; b++)
		reached[b] = w->in[b].n;
	modref_narrow(w->l, w->f, reached);
	free(reached);
}

static void summarise_one(struct link *l, uint32_t f)
{
	struct flow w = { .l = l,
			  .f = f,
			  .fn = &l->p->functions[f],
			  .locks = &l->locks[f],
			  .escape = &l->escape[f] };

	/* A function that calls itself still reads the locks of its summary. */
	w.locks->locks = NULL;
	w.locks->nlocks = w.locks->locks_cap = 0;
	modref_update(l, f);
	lock_effects(l, f);
	if (w.fn->nblocks) {
		flow_function(&w);
		if (w.joined)
			limit_met(l, LIMIT_STATES, f);
		if (w.forgot)
			limit_met(l, LIMIT_KNOWN, f);
		if (is_specialised(l, f))
			narrow_clone(&w);
		summarise_function(&w);
		if (l->relevant[f])
			keep_points(&w);
		free(w.in);
	}
	w.locks->summarised = true;
}

/* Whether a call that took what `was` says, of lock, still does. */
static bool still_takes(const struct function_locks *now, const struct lock_effect *was,
			const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < now->nsummary; i++) {
		const struct lock_effect *e = &now->summary[i];

		if (e->op == was->op && e->mode == was->mode && e->result == was->result &&
		    now->summary_locks[e->lock] == lock)
			return true;
	}
	return false;
}

/* Returns whether a call of f takes less than it did. */
static bool summarise_again(struct link *l, uint32_t f)
{
	const struct function_locks old = l->locks[f];
	uint32_t i;

	summarise_one(l, f);
	for (i = 0; i < old.nsummary; i++) {
		const struct lock_effect *e = &old.summary[i];

		if (e->op == OP_ACQUIRE &&
		    !still_takes(&l->locks[f], e, old.summary_locks[e->lock]))
			return true;
	}
	return false;
}

/* One round over those that are stale; returns whether any was. */
static bool summarise_stale(struct link *l, bool *stale)
{
	bool any = false;
	uint32_t i, c;

	for (i = 0; i < l->p->nfunctions; i++) {
		uint32_t f = l->bottom_up[i];

		if (!stale[f])
			continue;
		any = true;
		stale[f] = false;
		if (summarise_again(l, f))
			for (c = 0; c < l->callgraph[f].ncallers; c++)
				stale[l->callgraph[f].callers[c]] = true;
	}
	return any;
}

void lockset_summarise(struct link *l)
{
	bool *stale = xcalloc(l->p->nfunctions, sizeof(*stale));
	uint32_t i, round;

	l->locks = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->locks));
	for (i = 0; i < l->p->nfunctions; i++)
		summarise_one(l, l->bottom_up[i]);
	/* In a cycle a callee's summary was missing the first time. */
	for (i = 0; i < l->p->nfunctions; i++)
		stale[i] = l->locks[i].cyclic;
	for (round = 0; summarise_stale(l, stale); round++)
		if (round == ROUNDS_MAX) {
			for (i = 0; i < l->p->nfunctions; i++)
				if (stale[i])
					limit_met(l, LIMIT_ROUNDS, i);
			break;
		}
	free(stale);
}
