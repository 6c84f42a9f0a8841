// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockset_transfer.c - how events and branches change the lock state (transfer functions).
 */
#include <errno.h>

#include "lockset_transfer.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_effects.h"
#include "lock_names.h"
#include "lock_path.h"
#include "path.h"
#include "resolve.h"
#include "publication.h"
#include "rules.h"
#include "starts.h"

/* May the lock `r`, which is released, be the lock `h`, which is held? */
static bool may_be_same(const struct lock *r, const struct lock *h)
{
	if (lock_may_be_any(r) || lock_may_be_any(h))
		return lock_may_be_of_type(r, h);
	if (r->name != h->name)
		return false;
	return maybe_same_object(&r->path, &h->path) || r->path.root == ROOT_UNKNOWN ||
	       h->path.root == ROOT_UNKNOWN || h->path.root == ROOT_FORMER ||
	       r->path.root == ROOT_LOCAL || r->path.root == ROOT_CALL;
}

static void acquire(struct lock_state *s, uint32_t lock, uint32_t mode)
{
	lock_set bit = LOCK_BIT(lock);

	s->exclusive &= ~bit;
	s->shared &= ~bit;
	s->released &= ~bit;
	s->maybe_released &= ~bit;
	s->released_shared &= ~bit;
	s->lost &= ~bit;
	s->early &= ~bit;
	s->spared |= s->unknown ? bit : 0;
	*(mode == MODE_EXCLUSIVE ? &s->exclusive : &s->shared) |= bit;
	predicates_forget(&s->known, SUBJECT_MEMBER, NONE);
}

/*
 * A lock of which nothing is known is released: the lock acquired here of which nothing is known either,
 * if one of its type is held; NONE: it may be any other.
 */
static uint32_t unknown_partner(const struct lock_flow *w, const struct lock_state *s,
				uint32_t lock)
{
	const struct lock *const *locks = (const struct lock *const *)w->locks->locks;
	lock_set held = s->exclusive | s->shared;
	uint32_t i;

	for (i = w->locks->nlocks; i--;)
		if (i != lock && held >> i & 1 && lock_may_be_any(locks[i]) &&
		    lock_may_be_of_type(locks[lock], locks[i]))
			return i;
	return NONE;
}

/* The lesser lock of the same object that is held, and that the release of this one releases, or NONE. */
static uint32_t lesser_held(const struct lock_flow *w, const struct lock_state *s, uint32_t lock)
{
	const struct lock *of = w->locks->locks[lock], *lesser;
	struct path a, b;
	uint32_t i;

	if (!of->name || !of->path.nsteps ||
	    !model_in_pair(w->l->model, MODEL_LESSER, of->path.steps[of->path.nsteps - 1].field))
		return NONE;
	FOR_EACH_LOCK(i, w->locks->nlocks, s->exclusive | s->shared) {
		lesser = w->locks->locks[i];
		if (i == lock || !lesser->path.nsteps)
			continue;
		a = of->path;
		b = lesser->path;
		if (!model_has_pair(w->l->model, MODEL_LESSER, b.steps[b.nsteps - 1].field,
				    a.steps[a.nsteps - 1].field))
			continue;
		a.nsteps--;
		b.nsteps--;
		if (same_object(&a, &b))
			return i;
	}
	return NONE;
}

/*
 * The locks held, but those that are spared, that the released one may be, and is not known to be: they
 * are lost.
 */
static lock_set may_be_released(const struct lock_flow *w, struct lock_state *s, uint32_t lock,
				lock_set spared)
{
	lock_set held = s->exclusive | s->shared | s->asserted | s->asserted_shared, out = 0;
	uint32_t i;

	FOR_EACH_LOCK(i, w->locks->nlocks, held)
		if (may_be_same(w->locks->locks[lock], w->locks->locks[i]))
			out |= LOCK_BIT(i);
	if (lock_may_be_any(w->locks->locks[lock]))
		out &= ~spared;
	s->lost |= out;
	return out;
}

/* The activity is ended.  Locks that are taken from then on are late. */
static void end_activity(const struct lock_flow *w, struct lock_state *s, uint32_t lock)
{
	lock_set held = s->exclusive | s->shared | s->asserted | s->asserted_shared;
	bool first = !(s->shared & w->locks->activities);
	lock_set early = first ? held | LOCK_BIT(lock) : s->early & held;

	acquire(s, lock, MODE_SHARED);
	s->early = early;
}

/* What the call may start is no longer ended. */
static void start_activities(const struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	lock_set ended = (s->shared | s->maybe | s->lost) & w->locks->activities;
	uint32_t i;

	FOR_EACH_LOCK(i, w->locks->nlocks, ended)
		if (call_starts(w->l, w->f, call, w->locks->locks[i]->name)) {
			s->shared &= ~LOCK_BIT(i);
			s->maybe &= ~LOCK_BIT(i);
			s->lost &= ~LOCK_BIT(i);
		}
}

/* `spared`: what OP_SPARE says of the call. */
static void release(const struct lock_flow *w, struct lock_state *s, uint32_t lock, uint32_t mode,
		    lock_set spared)
{
	lock_set held = s->exclusive | s->shared | s->asserted | s->asserted_shared;
	lock_set drop = LOCK_BIT(lock);
	bool other = lock == LOCKS_MAX; /* it is not the one of the others that was acquired */
	uint32_t i, partner = other ? NONE : lesser_held(w, s, lock);

	if (partner == NONE && !other && !((s->exclusive | s->shared) & drop) &&
	    lock_may_be_any(w->locks->locks[lock]))
		partner = unknown_partner(w, s, lock);
	if (other)
		s->shared &= ~w->locks->activities;
	if (partner != NONE)
		drop = LOCK_BIT(partner);
	/* A lock that was not acquired in this function is one of the caller's. */
	else if (other || !((s->exclusive | s->shared) & drop)) {
		*(mode == MODE_SHARED ? &s->released_shared : &s->released) |= drop;
		if (lock_may_be_any(w->locks->locks[lock])) {
			s->spared = s->unknown ? s->spared & spared : spared;
			s->unknown = true;
		}
	}
	s->lost &= ~drop;
	if (partner == NONE && (other || !(held & drop)))
		drop |= may_be_released(w, s, lock, spared);
	/* A reader, or a user of a reference, does not release the lock of a writer. */
	if (mode == MODE_SHARED)
		drop &= ~(s->exclusive | s->asserted);
	s->exclusive &= ~drop;
	s->shared &= ~drop;
	s->asserted &= ~drop;
	s->asserted_shared &= ~drop;
	s->maybe &= ~drop;
	for (i = 0; i < s->npending;)
		if (drop >> s->pending[i].lock & 1)
			state_drop_pending(s, i);
		else
			i++;
}

/* The variable is assigned and no longer holds the result of a call. */
static void forget_local(struct lock_state *s, uint32_t local)
{
	uint32_t i = 0;

	if (local == NONE)
		return;
	while (i < s->npending)
		if (s->pending[i].local == local)
			state_drop_pending(s, i);
		else
			i++;
}

/* Forgets the result of a call that is executed again, or whose cleanup guard ends. */
static void forget_call(struct lock_state *s, uint32_t call)
{
	uint32_t i = 0;

	while (i < s->npending)
		if (s->pending[i].call == call)
			state_drop_pending(s, i);
		else
			i++;
}

static void add_pending(const struct lock_flow *w, struct lock_state *s,
			const struct pending_lock *p)
{
	if (s->npending < PENDING_MAX) {
		s->pending[s->npending++] = *p;
	} else {
		limit_met(w->l, LIMIT_PENDING, w->f);
		s->doubted |= LOCKS_FORGOTTEN;
	}
}

/* The variable that has the integer which argument `arg` of the call points to, or NONE. */
static uint32_t local_pointed_to(const struct lock_flow *w, const struct call *c, uint32_t arg)
{
	const struct path *p = arg < c->nargs ? c->args[arg] : &path_none;
	uint32_t i;

	if (p->nsteps)
		return NONE;
	if (p->root == ROOT_STACK)
		return p->index;
	for (i = 0; p->root == ROOT_PARAM && i < w->fn->nlocals; i++)
		if (w->fn->locals[i].pointed_by == p->index + 1)
			return i;
	return NONE;
}

/* The call has taken the lock if its result, or what it stores through a pointer, says so. */
static void depend(const struct lock_flow *w, struct lock_state *s, const struct lock_effect *e,
		   uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	struct pending_lock p = { .call = call,
				  .local = c->dst,
				  .lock = (uint16_t)e->lock,
				  .mode = (uint8_t)e->mode,
				  .negated = c->negated,
				  .when = e->when };

	if (e->maybe)
		p.when = result_when(RESULT_NONZERO);
	if (e->told_by != TOLD_BY_RESULT) {
		p.local = local_pointed_to(w, c, e->told_by);
		p.negated = false;
		p.pointed = true;
	}
	if (!p.pointed || p.local != NONE)
		add_pending(w, s, &p);
}

/* What was maybe held as the lock of each object is not. */
static void drop_each(const struct lock_flow *w, struct lock_state *s, uint32_t lock)
{
	uint32_t i;

	for (i = 0; i < w->locks->nlocks; i++)
		if (w->locks->locks[i]->name == w->locks->locks[lock]->name)
			s->maybe &= ~LOCK_BIT(i) | s->exclusive | s->shared;
}

static void apply_effect(const struct lock_flow *w, struct lock_state *s,
			 const struct lock_effect *e, uint32_t call, lock_set spared)
{
	lock_set bit = LOCK_BIT(e->lock);

	if (e->op == OP_SPARE)
		return; /* (see spared_by()) */
	if (e->op == OP_TAKE_EACH)
		s->maybe |= bit;
	if (e->op == OP_DROP_EACH)
		drop_each(w, s, e->lock);
	if (e->op == OP_TAKE_EACH || e->op == OP_DROP_EACH)
		return;
	if (w->locks->activities & bit) {
		if (e->maybe)
			s->lost |= bit;
		else if (result_always(&e->when))
			end_activity(w, s, e->lock);
		else
			depend(w, s, e, call);
	} else if (e->op == OP_RELEASE) {
		release(w, s, e->lock, e->mode, spared);
		if (e->maybe)
			s->maybe_released |= bit;
	} else if (e->op == OP_ASSERT) {
		*(e->mode == MODE_EXCLUSIVE ? &s->asserted : &s->asserted_shared) |= bit;
	} else if (e->maybe) {
		if (w->fn->calls[call].is_guard)
			depend(w, s, e, call);
	} else if (result_always(&e->when)) {
		acquire(s, e->lock, e->mode);
	} else {
		depend(w, s, e, call);
	}
}

/* The variable whose content the call returns, as class_X_lock_ptr(&scope) does, or NONE. */
static uint32_t local_returned(const struct lock_flow *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	uint32_t t = only_target(w->l, w->f, call);
	const struct path *returned = t == NONE ? NULL : returned_path(w->l, t);

	if (!returned || returned->root != ROOT_PARAM || returned->index >= c->nargs ||
	    !returned->nsteps)
		return NONE;
	return c->args[returned->index]->root == ROOT_STACK ? c->args[returned->index]->index :
							      NONE;
}

/* The cleanup guard whose error the call returns, as class_X_lock_err(&scope) does, or NONE. */
static uint32_t guard_of_error_call(const struct lock_flow *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];

	return c->kind == CALLEE_DIRECT && c->nargs && c->args[0]->root == ROOT_STACK &&
			       model_has_suffix(w->l->model, MODEL_GUARD_ERROR,
						str_unqualified(c->name)) ?
		       c->args[0]->index :
		       NONE;
}

/* A test of what such a call returns is a test of the guard. */
static void test_guard(const struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	uint32_t i, n = s->npending, of, content;

	if (!n)
		return;
	of = guard_of_error_call(w, call);
	content = local_returned(w, call);
	for (i = 0; i < n; i++) {
		struct pending_lock p = s->pending[i];

		if (p.local == NONE || (p.local != of && p.local != content))
			continue;
		if (p.local == of)
			p.when = result_when(RESULT_ZERO);
		p.call = call;
		p.local = w->fn->calls[call].dst;
		p.negated = w->fn->calls[call].negated;
		add_pending(w, s, &p);
	}
}

/* The locks that no release of an unknown lock by the call ends. */
static lock_set spared_by(const struct lock_flow *w, uint32_t call)
{
	lock_set out = 0;
	uint32_t i;

	for (i = w->locks->first_effect[call]; i < w->locks->first_effect[call + 1]; i++)
		if (w->locks->effects[i].op == OP_SPARE)
			out |= LOCK_BIT(w->locks->effects[i].lock);
	return out;
}

static void apply_call(struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	lock_set spared = spared_by(w, call);
	uint32_t i;

	forget_local(s, w->fn->calls[call].dst);
	forget_call(s, call);
	unpublish_result(w, s, call);
	s->slept = s->slept || call_sleeps(w->l, w->f, call);
	start_activities(w, s, call);
	for (i = w->locks->first_effect[call]; i < w->locks->first_effect[call + 1]; i++)
		apply_effect(w, s, &w->locks->effects[i], call, spared);
	test_guard(w, s, call);
	if (w->escape->nfresh || w->escape->exposes)
		publish_args(w, s, call);
}

/* The destructor of a cleanup guard releases what its constructor acquired. */
static void end_scope(struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	uint32_t i;

	for (i = w->locks->first_effect[call]; i < w->locks->first_effect[call + 1]; i++)
		if (w->locks->effects[i].op == OP_ACQUIRE) {
			lock_set bit = LOCK_BIT(w->locks->effects[i].lock);

			s->exclusive &= ~bit;
			s->shared &= ~bit;
			s->maybe &= ~bit;
			s->lost &= ~bit;
		}
	forget_call(s, call);
}

void state_event(struct lock_flow *w, struct lock_state *s, const struct event *e)
{
	predicates_event(w->l, w->f, &s->known, e);
	locks_rename(w, s, e);
	switch (e->kind) {
	case EV_CALL:
		apply_call(w, s, e->call);
		break;
	case EV_SET:
		forget_local(s, e->local);
		break;
	case EV_SCOPE_END:
		end_scope(w, s, e->call);
		break;
	case EV_STORE:
		if (w->escape->nfresh || w->escape->exposes)
			publish_store(w, s, e);
		break;
	}
}

/* -EALREADY: the acquire context holds the lock (Documentation/locking/ww-mutex-design.rst). */
static bool says_already(const struct test *t, bool holds, const struct pending_lock *p)
{
	return t->kind == TEST_EQUAL && holds && atoi(str_get(t->value)) == -EALREADY &&
	       p->when.held == RESULT_NOT_NEGATIVE;
}

/*
 * The classes of the result that `p` depends on if the value of `call` or `local`, one of which is
 * NONE, is in one of `classes`; RESULT_ANY if that is another value.
 */
static uint32_t classes_of(const struct pending_lock *p, uint32_t call, uint32_t local,
			   uint32_t classes)
{
	if (call != NONE && p->call == call && !p->pointed)
		return classes;
	if (local == NONE || p->local != local)
		return RESULT_ANY;
	return p->negated ? result_unnegate(classes) : classes;
}

/* The value is in one of the classes; false: it cannot be.  `already`: see says_already(). */
static bool learn_result(struct lock_state *s, const struct test *t, bool holds, uint32_t classes)
{
	uint32_t i = 0, in;

	while (i < s->npending) {
		struct pending_lock *p = &s->pending[i++];

		in = classes_of(p, t->call, t->local, classes);
		if (in == RESULT_ANY)
			continue;
		if (!(p->when.possible & in))
			return false;
		if (result_holds(&p->when, in) || says_already(t, holds, p))
			acquire(s, p->lock, p->mode);
		else if (p->when.possible & in & p->when.held)
			p->when.possible &= (uint8_t)in;
		else if (p->when.held != RESULT_NOT_NEGATIVE) /* (see says_already()) */
			state_drop_pending(s, --i);
	}
	return true;
}

bool state_branch(struct lock_state *s, const struct block *b, uint32_t which)
{
	bool holds = (which == 0) != b->negate;

	if (!predicates_assume(&s->known, b, which))
		return false;
	if (b->nsuccs != 2)
		return true;
	return learn_result(s, &b->test, holds, result_of_test(&b->test, holds));
}

bool state_result(struct lock_state *s, uint32_t call, uint32_t local, uint32_t class)
{
	struct test t = NO_TEST;

	t.call = call;
	t.local = local;
	if (local != NONE && !result_assume(&s->known, local, class))
		return false;
	return learn_result(s, &t, true, class);
}

void state_block(struct lock_flow *w, uint32_t b, struct lock_state *s)
{
	uint32_t e;

	for (e = 0; e < w->fn->blocks[b].nevents; e++)
		state_event(w, s, &w->fn->blocks[b].events[e]);
}
