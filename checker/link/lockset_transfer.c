// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockset_transfer.c - how events and tested results change what is known of locks,
 * and which fresh objects others can see.
 */
#include <errno.h>

#include "lockset_transfer.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_effects.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* May a release of lock r be one of lock h? */
static bool may_be_same(const struct lock *r, const struct lock *h)
{
	if (r->name != h->name)
		return false;
	return same_object(&r->path, &h->path) || r->path.root == ROOT_UNKNOWN ||
	       h->path.root == ROOT_UNKNOWN || r->path.root == ROOT_LOCAL ||
	       r->path.root == ROOT_CALL;
}

static void acquire(struct state *s, uint32_t lock, uint32_t mode)
{
	uint64_t bit = UINT64_C(1) << lock;

	s->exclusive &= ~bit;
	s->shared &= ~bit;
	s->released &= ~bit;
	s->maybe_released &= ~bit;
	s->released_shared &= ~bit; /* dropped and taken again: as the caller left it */
	*(mode == MODE_EXCLUSIVE ? &s->exclusive : &s->shared) |= bit;
	conditions_forget(&s->known, SUBJECT_MEMBER, NONE);
}

static void drop_pending(struct state *s, uint32_t i)
{
	s->pending[i] = s->pending[--s->npending];
}

static void release(const struct flow *w, struct state *s, uint32_t lock, uint32_t mode)
{
	uint64_t held = s->exclusive | s->shared | s->asserted | s->asserted_shared;
	uint64_t drop = UINT64_C(1) << lock;
	uint32_t i;

	/* Taken here: dropped here.  Otherwise it was the caller's, too. */
	if (!((s->exclusive | s->shared) & drop))
		*(mode == MODE_SHARED ? &s->released_shared : &s->released) |= drop;
	if (!(held & drop))
		for (i = 0; i < w->locks->nlocks; i++)
			if (held >> i & 1 && may_be_same(w->locks->locks[lock], w->locks->locks[i]))
				drop |= UINT64_C(1) << i;
	/* The end of a reader, or of a reference, is not the end of a writer. */
	if (mode == MODE_SHARED)
		drop &= ~(s->exclusive | s->asserted);
	s->exclusive &= ~drop;
	s->shared &= ~drop;
	s->asserted &= ~drop;
	s->asserted_shared &= ~drop;
	s->maybe &= ~drop;
	for (i = 0; i < s->npending;)
		if (drop >> s->pending[i].lock & 1)
			drop_pending(s, i);
		else
			i++;
}

static void forget_local(struct state *s, uint32_t local)
{
	uint32_t i = 0;

	if (local == NONE)
		return;
	while (i < s->npending)
		if (s->pending[i].local == local)
			drop_pending(s, i);
		else
			i++;
}

/* What an earlier round of a loop, or a guard, left open. */
static void forget_call(struct state *s, uint32_t call)
{
	uint32_t i = 0;

	while (i < s->npending)
		if (s->pending[i].call == call)
			drop_pending(s, i);
		else
			i++;
}

static void add_pending(const struct flow *w, struct state *s, const struct pending *p)
{
	if (s->npending < PENDING_MAX)
		s->pending[s->npending++] = *p;
	else
		limit_met(w->l, LIMIT_PENDING, w->f);
}

static void apply_effect(const struct flow *w, struct state *s, const struct lock_effect *e,
			 uint32_t call)
{
	uint64_t bit = UINT64_C(1) << e->lock;

	if (e->op == OP_RELEASE) {
		release(w, s, e->lock, e->mode);
		if (e->result == RESULT_MAYBE)
			s->maybe_released |= bit;
	} else if (e->op == OP_ASSERT)
		*(e->mode == MODE_EXCLUSIVE ? &s->asserted : &s->asserted_shared) |= bit;
	else if (e->result == RESULT_ALWAYS)
		acquire(s, e->lock, e->mode);
	else if (e->result == RESULT_MAYBE && !w->fn->calls[call].is_guard)
		return;
	else
		add_pending(w, s,
			    &(struct pending){
				    e->lock,
				    e->mode,
				    e->result == RESULT_ZERO ? RESULT_ZERO : RESULT_NONZERO,
				    call,
				    w->fn->calls[call].dst,
				    w->fn->calls[call].negated,
			    });
}

static bool visible(struct flow *w, const struct path *obj, const struct state *s)
{
	int bit = fresh_bit(w->l, w->f, obj);

	if (obj->root == ROOT_STACK)
		return false;
	return bit < 0 || (s->published | s->handed_out) >> bit & 1;
}

/*
 * Parameters into which the callees of a call publish argument a.  What a helper
 * in a header does is seen where it is called; what another function keeps may be
 * for its own use, long before the object is known to others.
 */
static uint64_t callees_publish(const struct flow *w, uint32_t call, uint32_t a, bool in_header)
{
	uint64_t into = 0;
	uint32_t t, n;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	for (t = 0; t < n; t++)
		if (!(w->l->p->functions[targets[t]].flags & FUNC_HEADER) == !in_header)
			into |= w->l->escape[targets[t]].into[a];
	return into;
}

/* Is one of the parameters in the set an object that others see? */
static bool reaches_world(struct flow *w, const struct state *s, uint32_t call, uint64_t into)
{
	const struct call *c = &w->fn->calls[call];
	uint32_t j;

	if (into & INTO_WORLD)
		return true;
	for (j = 0; j < c->nargs && j < ARGS_MAX; j++)
		if (into >> j & 1) {
			struct path other = resolve_path(w->l, w->f, c->args[j]);

			if (visible(w, &other, s))
				return true;
		}
	return false;
}

/* What has to be registered first is its driver's own, even if that keeps it where others could find it. */
static void publish_fresh(const struct flow *w, struct state *s, int bit)
{
	const struct call *c = &w->fn->calls[w->escape->fresh[bit]];
	bool own = call_has(w->l, c, MODEL_UNREGISTERED);

	*(own ? &s->handed_out : &s->published) |= UINT64_C(1) << bit;
}

static void publish_args(struct flow *w, struct state *s, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	int published = call_argument(w->l, c, MODEL_PUBLISH);
	uint32_t a;

	for (a = 0; a < c->nargs && a < PARAMS_MAX; a++) {
		struct path arg = resolve_path(w->l, w->f, c->args[a]);
		int bit = fresh_bit(w->l, w->f, &arg);

		if (bit < 0)
			continue;
		if (published == (int)a ||
		    reaches_world(w, s, call, callees_publish(w, call, a, true)))
			publish_fresh(w, s, bit);
		if (reaches_world(w, s, call, callees_publish(w, call, a, false)))
			s->handed_out |= UINT64_C(1) << bit;
	}
}

static void publish_store(struct flow *w, struct state *s, const struct event *e)
{
	struct path src = resolve_path(w->l, w->f, e->src), obj;
	int bit = fresh_bit(w->l, w->f, &src);

	if (bit < 0)
		return;
	obj = resolve_path(w->l, w->f, e->obj);
	if (visible(w, &obj, s) && fresh_bit(w->l, w->f, &obj) != bit)
		publish_fresh(w, s, bit);
}

static void unpublish_result(const struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	/* The next round of a loop allocates another object. */
	for (i = 0; i < w->escape->nfresh; i++)
		if (w->escape->fresh[i] == call) {
			s->published &= ~(UINT64_C(1) << i);
			s->handed_out &= ~(UINT64_C(1) << i);
		}
}

/* The local whose content the call gives back (class_X_lock_ptr(&scope)), or NONE. */
static uint32_t call_reads_local(const struct flow *w, uint32_t call)
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

/* The guard that the call asks for its error (class_X_lock_err(&scope)), or NONE. */
static uint32_t call_asks_guard(const struct flow *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];

	return c->kind == CALLEE_DIRECT && c->nargs && c->args[0]->root == ROOT_STACK &&
			       model_has_suffix(w->l->model, MODEL_GUARD_ERROR,
						str_unqualified(c->name)) ?
		       c->args[0]->index :
		       NONE;
}

/* The result of the call says what the guard does: it is tested in its place. */
static void ask_guard(const struct flow *w, struct state *s, uint32_t call)
{
	uint32_t of = call_asks_guard(w, call), content = call_reads_local(w, call);
	uint32_t i, n = s->npending;

	for (i = 0; i < n; i++) {
		struct pending p = s->pending[i];

		if (p.local == NONE || (p.local != of && p.local != content))
			continue;
		if (p.local == of)
			p.result = RESULT_ZERO;
		p.call = call;
		p.local = w->fn->calls[call].dst;
		p.negated = w->fn->calls[call].negated;
		add_pending(w, s, &p);
	}
}

static void apply_call(struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	forget_local(s, w->fn->calls[call].dst);
	forget_call(s, call);
	unpublish_result(w, s, call);
	s->slept |= call_sleeps(w->l, w->f, call);
	for (i = w->locks->first_effect[call]; i < w->locks->first_effect[call + 1]; i++)
		apply_effect(w, s, &w->locks->effects[i], call);
	ask_guard(w, s, call);
	if (w->escape->nfresh)
		publish_args(w, s, call);
}

/* The guard's destructor drops what its constructor took. */
static void end_scope(struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	for (i = w->locks->first_effect[call]; i < w->locks->first_effect[call + 1]; i++)
		if (w->locks->effects[i].op == OP_ACQUIRE) {
			uint64_t bit = UINT64_C(1) << w->locks->effects[i].lock;

			s->exclusive &= ~bit;
			s->shared &= ~bit;
		}
	forget_call(s, call);
}

void state_event(struct flow *w, struct state *s, const struct event *e)
{
	conditions_event(w->l, w->f, &s->known, e);
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
		if (w->escape->nfresh)
			publish_store(w, s, e);
		break;
	}
}

/* Documentation/locking/ww-mutex-design.rst: -EALREADY says that the acquire context has the lock. */
static bool says_already(const struct block *b)
{
	return b->test.kind == TEST_EQUAL && atoi(str_get(b->test.value)) == -EALREADY;
}

bool state_test(struct state *s, const struct block *b, uint32_t which)
{
	bool holds = (which == 0) != b->negate, already = says_already(b);
	uint32_t i;

	if (!conditions_branch(&s->known, b, which))
		return false;
	if ((b->test.kind != TEST_NONZERO && b->test.kind != TEST_NEGATIVE && !already) ||
	    b->nsuccs != 2)
		return true;
	for (i = 0; i < s->npending; i++) {
		struct pending p = s->pending[i];
		bool same = (b->test.call != NONE && p.call == b->test.call) ||
			    (b->test.local != NONE && p.local == b->test.local);
		bool by_local = b->test.call == NONE || p.call != b->test.call;
		bool nonzero = holds != (by_local && p.negated);
		bool taken = b->test.kind == TEST_NONZERO ?
				     (p.result == RESULT_NONZERO) == nonzero :
				     p.result == RESULT_ZERO && holds == already;

		if (same && taken)
			acquire(s, p.lock, p.mode);
	}
	return true;
}

static bool has_pending(const struct state *s, const struct pending *p)
{
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		if (s->pending[i].lock == p->lock && s->pending[i].call == p->call &&
		    s->pending[i].result == p->result && s->pending[i].local == p->local)
			return true;
	return false;
}

uint64_t state_may_hold(const struct state *s)
{
	uint64_t out = s->maybe | s->exclusive | s->shared;
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		out |= UINT64_C(1) << s->pending[i].lock;
	return out;
}

bool state_join(struct state *into, const struct state *s)
{
	struct state old = *into;
	uint64_t any, sany;
	uint32_t i = 0;
	bool known;

	any = (into->exclusive | into->shared) & (s->exclusive | s->shared);
	sany = (into->asserted | into->asserted_shared) & (s->asserted | s->asserted_shared);
	into->exclusive &= s->exclusive;
	into->shared = any & ~into->exclusive;
	into->asserted &= s->asserted;
	into->asserted_shared = sany & ~into->asserted;
	into->released |= s->released;
	into->released_shared |= s->released_shared;
	into->maybe |= state_may_hold(s);
	into->published |= s->published;
	into->handed_out |= s->handed_out;
	into->maybe_released |= s->maybe_released;
	into->slept &= s->slept;
	while (i < into->npending)
		if (has_pending(s, &into->pending[i]))
			i++;
		else
			drop_pending(into, i);
	known = conditions_meet(&into->known, &s->known);
	return known || old.exclusive != into->exclusive || old.shared != into->shared ||
	       old.asserted != into->asserted || old.asserted_shared != into->asserted_shared ||
	       old.released != into->released || old.released_shared != into->released_shared ||
	       old.maybe != into->maybe || old.published != into->published ||
	       old.handed_out != into->handed_out || old.maybe_released != into->maybe_released ||
	       old.slept != into->slept || old.npending != into->npending;
}

static bool same_held(const struct state *a, const struct state *b)
{
	return a->exclusive == b->exclusive && a->shared == b->shared &&
	       a->asserted == b->asserted && a->asserted_shared == b->asserted_shared;
}

static bool same_dropped(const struct state *a, const struct state *b)
{
	return a->released == b->released && a->released_shared == b->released_shared;
}

static bool same_pending(const struct state *a, const struct state *b)
{
	uint32_t i;

	if (a->npending != b->npending)
		return false;
	for (i = 0; i < a->npending; i++)
		if (!has_pending(b, &a->pending[i]))
			return false;
	return true;
}

/* Are the two one state, as far as `apart` tells them apart? */
static bool are_one(enum apart apart, const struct state *a, const struct state *b)
{
	return apart == APART_NEVER || (same_held(a, b) && same_pending(a, b) &&
					(apart == APART_BY_HELD || same_dropped(a, b)));
}

/* The states again, fewer of them told apart. */
static void join_more(struct states *states)
{
	uint32_t i, j, n = 0;

	states->apart++;
	for (i = 0; i < states->n; i++) {
		for (j = 0; j < n && !are_one(states->apart, &states->of[j], &states->of[i]); j++)
			;
		if (j < n)
			state_join(&states->of[j], &states->of[i]);
		else
			states->of[n++] = states->of[i];
	}
	states->n = n;
}

bool states_add(struct states *into, const struct state *s)
{
	uint32_t i;

	for (i = 0; i < into->n; i++)
		if (are_one(into->apart, &into->of[i], s))
			return state_join(&into->of[i], s);
	if (into->n == STATES_MAX) {
		join_more(into);
		states_add(into, s);
		return true;
	}
	into->of[into->n] = *s;
	into->of[into->n++].maybe = state_may_hold(s);
	return true;
}
