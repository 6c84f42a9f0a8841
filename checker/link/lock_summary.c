// SPDX-License-Identifier: GPL-2.0-only
/* lock_summary.c - summary of a function: the effect of a call on the locks of the caller. */
#include "lock_summary.h"
#include "kernel/linuxmodel.h"
#include "lock_name.h"
#include "lock_path.h"
#include "released_ahead.h"

/*
 * The states at the exits of a function: all joined, and by the class of a value, which is the
 * result or what a parameter points to.
 */
struct exits {
	uint32_t seen; /* classes */
	struct lock_state all, of[RESULT_CLASSES];
	/* By class: locks that are certainly not held at some exit, as that is not left to a value
	 * of which nothing is known. */
	lock_set without[RESULT_CLASSES];
};

static void add_state(bool seen, struct lock_state *into, const struct lock_state *s)
{
	if (seen) {
		state_join(into, s);
		return;
	}
	state_copy(into, s);
	into->maybe = state_may_hold(s);
}

/* Adds an exit; `known`: locks of which the code says whether they are held with this value. */
static void add_exit(struct exits *x, const struct lock_state *s, uint32_t class, lock_set known)
{
	uint32_t i = (uint32_t)__builtin_ctz(class);

	add_state(x->seen, &x->all, s);
	add_state(x->seen & class, &x->of[i], s);
	x->seen |= class;
	x->without[i] |= known & ~(s->exclusive | s->shared);
}

/* The locks that depend on the value of the call or local. */
static lock_set depending_on(const struct lock_state *s, uint32_t call, uint32_t local)
{
	lock_set out = 0;
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		if ((call != NONE && s->pending[i].call == call && !s->pending[i].pointed) ||
		    (local != NONE && s->pending[i].local == local))
			out |= LOCK_BIT(s->pending[i].lock);
	return out;
}

/* An exit with a value that was not tested: as if it were tested there, with each outcome. */
static void exit_untested(struct exits *x, const struct lock_state *s, uint32_t call,
			  uint32_t local)
{
	lock_set known = depending_on(s, call, local);
	struct lock_state copy;
	uint32_t i;

	for (i = 0; i < RESULT_CLASSES; i++) {
		state_copy(&copy, s);
		if (state_result(&copy, call, local, UINT32_C(1) << i))
			add_exit(x, &copy, UINT32_C(1) << i, known);
	}
}

static void exit_block(struct exits *x, const struct lock_state *s, const struct block *b)
{
	uint32_t class = result_of_return(b);

	if (class)
		add_exit(x, s, class, LOCKS_ALL);
	else
		exit_untested(x, s, b->return_kind == RETURN_CALL ? b->return_index : NONE,
			      b->return_kind == RETURN_LOCAL ? b->return_index : NONE);
}

/*
 * Does the caller hear of the effect?  Not of locks on the stack, nor of a release of a lock in an
 * object that the function came by itself, as a copy it made or an entry it looked up: that is
 * none of the caller's.  A release of a lock of which nothing is known may be of any.  An activity
 * that the caller cannot name says nothing.
 */
static bool exported(const struct lock *lock, uint32_t op)
{
	if ((op == OP_RELEASE || op == OP_SPARE) && !lock_may_be_any(lock) &&
	    (lock->path.root == ROOT_CALL || lock->path.root == ROOT_LOCAL))
		return false;
	if (lock->activity)
		return lock->path.root == ROOT_PARAM || lock->path.root == ROOT_GLOBAL;
	return lock->path.root != ROOT_STACK;
}

static void add_summary(const struct lock_flow *w, struct effect_list *out, struct lock_effect e)
{
	if (exported(w->locks->locks[e.lock], e.op))
		*vec_add(out->v, out->n, out->cap) = e;
}

/* The mode of the lock by the set that it is in, or 0. */
static uint32_t mode_in(lock_set exclusive, lock_set shared, uint32_t lock)
{
	return exclusive >> lock & 1 ? MODE_EXCLUSIVE : shared >> lock & 1 ? MODE_SHARED : 0;
}

static void summarise_releases(const struct lock_flow *w, const struct exits *x,
			       struct effect_list *out)
{
	struct lock_effect e = { .op = OP_RELEASE, .told_by = TOLD_BY_RESULT };
	lock_set surely = released_ahead_at_entry(w);
	uint32_t i;

	e.when = result_when(RESULT_ALWAYS);
	for (i = 0; i < w->locks->nlocks; i++) {
		e.lock = (uint8_t)i;
		e.mode = mode_in(x->all.released, x->all.released_shared, e.lock);
		e.maybe = x->all.maybe_released >> e.lock & 1;
		e.surely = surely >> e.lock & 1;
		if (e.mode)
			add_summary(w, out, e);
	}
}

/* In which classes is the lock held?  Stores that in e->when and the mode in e->mode. */
static bool held_in_classes(const struct exits *x, struct lock_effect *e)
{
	uint32_t i, mode;

	e->mode = MODE_EXCLUSIVE;
	e->when = (struct result_when){ .possible = (uint8_t)x->seen };
	for (i = 0; i < RESULT_CLASSES; i++) {
		if (!(x->seen >> i & 1))
			continue;
		mode = mode_in(x->of[i].exclusive, x->of[i].shared, e->lock);
		if (mode)
			e->when.held |= (uint8_t)(1 << i);
		else if (x->without[i] >> e->lock & 1)
			e->when.fails |= (uint8_t)(1 << i);
		if (mode && mode < e->mode)
			e->mode = mode;
	}
	return e->when.held;
}

static void summarise_lock(const struct lock_flow *w, const struct exits *result,
			   const struct exits *pointed, struct lock_effect e,
			   struct effect_list *out)
{
	uint32_t i, param;

	e.op = OP_ACQUIRE;
	e.told_by = TOLD_BY_RESULT;
	if (held_in_classes(result, &e)) {
		add_summary(w, out, e);
		return;
	}
	if (!((result->all.maybe | (result->all.lost & w->locks->activities)) >> e.lock & 1))
		return;
	for (i = 0; pointed && i < w->fn->nlocals; i++) {
		param = w->fn->locals[i].pointed_by - 1;
		if (param >= TOLD_BY_RESULT)
			continue;
		e.told_by = (uint8_t)param;
		if (held_in_classes(&pointed[i], &e))
			add_summary(w, out, e);
	}
	e.told_by = TOLD_BY_RESULT;
	e.mode = MODE_EXCLUSIVE;
	e.maybe = true;
	add_summary(w, out, e);
}

static void summarise_asserted(const struct lock_flow *w, const struct exits *x,
			       struct effect_list *out)
{
	struct lock_effect e = { .op = OP_ASSERT, .told_by = TOLD_BY_RESULT };
	uint32_t i;

	e.when = result_when(RESULT_ALWAYS);
	for (i = 0; i < w->locks->nlocks; i++) {
		e.lock = (uint8_t)i;
		e.mode = mode_in(x->all.asserted, x->all.asserted_shared, e.lock);
		if (e.mode)
			add_summary(w, out, e);
	}
}

static void summarise_spared(const struct lock_flow *w, const struct exits *x,
			     struct effect_list *out)
{
	struct lock_effect e = { .op = OP_SPARE,
				 .told_by = TOLD_BY_RESULT,
				 .mode = MODE_EXCLUSIVE };

	e.when = result_when(RESULT_ALWAYS);
	for (e.lock = 0; x->all.unknown && e.lock < w->locks->nlocks; e.lock++)
		if (x->all.spared >> e.lock & 1 && !(x->all.released >> e.lock & 1) &&
		    !lock_may_be_any(w->locks->locks[e.lock]))
			add_summary(w, out, e);
}

/* Is it the lock of what a variable is at that goes on from one object to the next, as along a list? */
static bool walks(const struct lock_flow *w, uint32_t lock)
{
	const struct path *p = &w->locks->locks[lock]->path;
	const struct local *v;
	uint32_t i;

	if (p->root != ROOT_LOCAL || !w->locks->locks[lock]->name ||
	    is_pseudo_lock(w->locks->locks[lock]->name))
		return false;
	v = &w->fn->locals[p->index];
	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i].root == ROOT_LOCAL && v->defs[i].index == p->index)
			return true;
	return false;
}

/* Is it such a lock, or one that was, before the variable went on? */
static bool is_of_each(const struct lock_flow *w, uint32_t lock)
{
	const struct lock *of = w->locks->locks[lock];
	uint32_t i;

	for (i = 0; i < w->locks->nlocks; i++)
		if (walks(w, i) && (i == lock || (of->path.root == ROOT_FORMER &&
						  of->name == w->locks->locks[i]->name)))
			return true;
	return false;
}

/* Does a callee take it so? */
static bool is_taken_of_each(const struct lock_flow *w, uint32_t lock)
{
	const struct function_locks *t = w->locks;
	uint32_t i;

	for (i = 0; i < t->first_effect[w->fn->ncalls]; i++)
		if (t->effects[i].op == OP_TAKE_EACH && t->effects[i].lock == lock)
			return true;
	return false;
}

/* Does a call of the function release a lock of that name? */
static bool is_dropped(const struct lock_flow *w, str name)
{
	const struct function_locks *t = w->locks;
	uint32_t i;

	for (i = 0; i < t->first_effect[w->fn->ncalls]; i++)
		if ((t->effects[i].op == OP_RELEASE || t->effects[i].op == OP_DROP_EACH) &&
		    t->locks[t->effects[i].lock]->name == name)
			return true;
	return false;
}

/* A function that also releases such locks leaves none, but where it fails. */
static void summarise_each(const struct lock_flow *w, const struct exits *x,
			   struct effect_list *out)
{
	struct lock_effect e = { .told_by = TOLD_BY_RESULT, .mode = MODE_EXCLUSIVE, .maybe = true };
	bool of_each, held;
	uint32_t i;

	e.when = result_when(RESULT_ALWAYS);
	for (i = 0; i < w->locks->nlocks; i++) {
		e.lock = (uint8_t)i;
		of_each = is_of_each(w, e.lock);
		held = x->all.maybe >> e.lock & 1;
		e.op = held ? OP_TAKE_EACH : OP_DROP_EACH;
		if (held ? (of_each || is_taken_of_each(w, e.lock)) &&
				    !is_dropped(w, w->locks->locks[e.lock]->name) :
			   of_each && x->all.released >> e.lock & 1)
			add_summary(w, out, e);
	}
}

/* Has the function locals that stand for what parameters point to? */
static bool tells_by_pointer(const struct function *fn)
{
	uint32_t i;

	for (i = 0; i < fn->nlocals; i++)
		if (fn->locals[i].pointed_by)
			return true;
	return false;
}

/* By what it returns, and if `pointed` is not NULL by the value of each local that is pointed to. */
static void find_exits(struct lock_flow *w, struct exits *result, struct exits *pointed)
{
	struct lock_state s;
	uint32_t b, i, k;

	for (b = 0; b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		if (blk->nsuccs || w->against[b] || ends_without_return(w, blk))
			continue;
		for (i = 0; i < w->in[b].n; i++) {
			state_copy(&s, &w->in[b].of[i]);
			state_block(w, b, &s);
			exit_block(result, &s, blk);
			for (k = 0; pointed && k < w->fn->nlocals; k++)
				if (w->fn->locals[k].pointed_by)
					exit_untested(&pointed[k], &s, NONE, k);
		}
	}
}

/* Does a call of the function take the lock, and no call release it, nor the end of a cleanup guard? */
static bool is_left(const struct lock_flow *w, uint32_t lock)
{
	const struct function_locks *t = w->locks;
	bool taken = false;
	uint32_t c, i;

	for (c = 0; c < w->fn->ncalls; c++)
		for (i = t->first_effect[c]; i < t->first_effect[c + 1]; i++) {
			if (t->effects[i].lock != lock)
				continue;
			if (t->effects[i].op == OP_RELEASE || w->fn->calls[c].is_guard)
				return false;
			taken |= t->effects[i].op == OP_ACQUIRE;
		}
	return taken;
}

/* May the function leave a lock held of which its summary says nothing? */
static bool leaves_untold(const struct lock_flow *w, const struct effect_list *summary)
{
	uint32_t lock, i;

	for (lock = 0; lock < w->locks->nlocks; lock++) {
		if (w->locks->activities >> lock & 1 || !is_left(w, lock))
			continue;
		for (i = 0; i < summary->n; i++)
			if (summary->v[i].op == OP_ACQUIRE && summary->v[i].lock == lock)
				break;
		if (i == summary->n)
			return true;
	}
	return false;
}

void lock_summary(struct lock_flow *w)
{
	struct exits *pointed =
		tells_by_pointer(w->fn) ? xcalloc(w->fn->nlocals, sizeof(*pointed)) : NULL;
	struct lock_effect e = { 0 };
	struct effect_list out = { 0 };
	struct exits x;
	uint32_t i = 0;

	x.seen = 0; /* no state of it is read before it is seen */
	memset(x.without, 0, sizeof(x.without));
	find_exits(w, &x, pointed);
	if (x.seen) {
		summarise_spared(w, &x, &out);
		summarise_releases(w, &x, &out);
		for (; i < w->locks->nlocks; i++) {
			e.lock = (uint8_t)i;
			summarise_lock(w, &x, pointed, e, &out);
		}
		summarise_asserted(w, &x, &out);
	}
	free(pointed);
	w->locks->untold = leaves_untold(w, &out);
	w->locks->sleeps = x.seen && x.all.slept;
	/* Annotations help where the body is not seen: wrappers of assembler and of macros. */
	if (!out.n)
		annotation_effects(w->l, w->f, &out);
	if (x.seen)
		summarise_each(w, &x, &out);
	w->locks->nsummary = (uint32_t)out.n;
	w->locks->summary = arena_copy(w->l->arena, out.v, out.n * sizeof(*out.v));
	free(out.v);
}
