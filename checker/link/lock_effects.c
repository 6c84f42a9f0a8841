// SPDX-License-Identifier: GPL-2.0-only
/* lock_effects.c - the effect of each call on the locks held. */
#include "lock_effects.h"
#include "activity.h"
#include "callgraph.h"
#include "casts.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_asserts.h"
#include "lock_intern.h"
#include "lock_path.h"
#include "members.h"
#include "path.h"
#include "resolve.h"
#include "symtab.h"
#include "rules.h"
#include "starts.h"

/* The calls of one function while their effects are found. */
struct effect_builder {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct function_locks *locks;
	struct effect_list *out;

	/* Of the call at hand, the locks in the summaries of its targets, in the caller's frame. */
	struct lock *inner;
	size_t ninner, inner_cap;
	size_t *first_inner; /* by target */
	size_t first_cap;
};

/* Is it a lock that the function has reached by a cast, or the reverse? */
static bool is_same_by_cast(const struct link *l, const struct lock *a, const struct lock *b)
{
	return a->name && a->name == b->name && a->activity == b->activity &&
	       same_but_for_casts(l, &a->path, &b->path);
}

/* Room is made for so many locks of a function. */
#define LOCKS_AT_ONCE 16

uint32_t lock_index(struct link *l, struct function_locks *t, const struct lock *lock)
{
	static const struct lock any = { .mode = MODE_EXCLUSIVE };
	uint32_t i;

	if (lock->name ? model_has(l->model, MODEL_READ_SIDE, lock->name) :
			 !lock_may_be_any(lock) && lock->path.root != ROOT_PARAM)
		return NONE;
	for (i = 0; i < t->nlocks; i++)
		if (same_lock_here(t->locks[i], lock) || is_same_by_cast(l, t->locks[i], lock))
			return i;
	if (t->nlocks >= LOCKS_MAX) {
		limit_met(l, LIMIT_LOCKS, (uint32_t)(t - l->locks));
		lock = &any;
		if (t->nlocks > LOCKS_MAX)
			return LOCKS_MAX;
	}
	if (lock->activity)
		t->activities |= LOCK_BIT(t->nlocks);
	if (t->nlocks % LOCKS_AT_ONCE == 0)
		t->locks = xrealloc(t->locks, (t->nlocks + LOCKS_AT_ONCE) * sizeof(*t->locks));
	t->locks[t->nlocks] = lock_intern(l, lock);
	return t->nlocks++;
}

/* Is the object one that is found from a global variable, or through more than one pointer? */
static bool is_far(const struct path *p)
{
	return p->nsteps && (p->root == ROOT_GLOBAL || path_pointers(p) > 1);
}

/*
 * Makes a lock of a far object that a callee knows one of an unknown object if the function has many of
 * its name: the caches, clocks and register maps of all drivers are no use to it, and would leave no place
 * for others.
 */
static void forget_object(struct link *l, const struct function_locks *t, struct lock *lock)
{
	uint32_t i, same = 0;

	if (!lock->name || lock->activity || !is_far(&lock->path))
		return;
	for (i = 0; i < t->nlocks; i++) {
		if (same_lock_here(t->locks[i], lock))
			return;
		same += t->locks[i]->name == lock->name;
	}
	if (same < LOCKS_OF_NAME_MAX)
		return;
	limit_met(l, LIMIT_LOCKS_OF_NAME, (uint32_t)(t - l->locks));
	lock->path = (struct path){ .root = ROOT_UNKNOWN, .type = lock->path.type };
}

/* Adds the effect `like` on the lock, in the mode of that. */
static void add_effect(struct effect_builder *w, const struct lock *lock,
		       const struct lock_effect *like)
{
	uint32_t i = lock_index(w->l, w->locks, lock);
	struct lock_effect e = *like;

	if (i == NONE)
		return;
	e.lock = i;
	e.mode = lock->mode;
	e.surely &= lock->mode == MODE_EXCLUSIVE;
	*vec_add(w->out->v, w->out->n, w->out->cap) = e;
}

/* The effect of a call of which a model or an annotation says when it takes the lock. */
static struct lock_effect effect_of(enum lock_op op, enum lock_result result)
{
	return (struct lock_effect){ .op = op,
				     .told_by = TOLD_BY_RESULT,
				     .surely = op == OP_RELEASE,
				     .when = result_when(result) };
}

/*
 * In which mode a call of the function takes the lock, or drops it.  All who pass one owner hold the lock
 * together.
 */
static uint32_t mode_of_call(const struct call *c, const struct lock_api *api)
{
	uint32_t owner = api->owner_arg - 1;

	return owner < c->nargs && c->args[owner]->root != ROOT_NULL ? MODE_SHARED : api->mode;
}

static void effects_of_model(struct effect_builder *w, uint32_t call, const struct lock_api *api)
{
	const struct call *c = &w->fn->calls[call];
	struct path object = { 0 };
	struct lock_effect e;
	struct lock lock;

	if (api->assert && api->result != RESULT_ALWAYS && !call_asserts(w->l, w->f, call, api))
		return;
	if (api->arg >= 0) {
		if ((uint32_t)api->arg >= c->nargs)
			return;
		object = lock_argument(w->l, w->f, c->args[api->arg]);
		if (api->member && !members_append(w->l, api->member, &object))
			limit_met(w->l, LIMIT_PATH_STEPS, w->f);
	}
	if (api->activity) {
		lock = activity_of_argument(w->l, api->mode, &object, api->name);
		if (!api->acquire || !starts_matter(w->l, lock.name))
			return;
	} else if (api->name) {
		lock = named_lock(mode_of_call(c, api), api->name, api->arg < 0 ? NULL : &object);
		if (object.root != ROOT_UNKNOWN && lock.path.root == ROOT_UNKNOWN)
			limit_met(w->l, LIMIT_PATH_STEPS, w->f);
	} else {
		lock = lock_of_path(w->l, mode_of_call(c, api), &object);
	}
	e = effect_of(api->assert  ? OP_ASSERT :
		      api->acquire ? OP_ACQUIRE :
				     OP_RELEASE,
		      api->assert ? RESULT_ALWAYS : api->result);
	add_effect(w, &lock, &e);
}

/* A lock in the frame of a callee, in the frame of the caller. */
static struct lock lock_to_caller(struct effect_builder *w, const struct call *c,
				  const struct lock *inner, uint32_t mode)
{
	struct path p = substitute_path(w->l, w->f, c, &inner->path);
	struct lock lock;

	if (inner->activity) {
		lock = activity_of_path(w->l, mode, &p);
		if (p.root == ROOT_UNKNOWN)
			lock.name = inner->name;
		return lock;
	}
	if (!inner->name) {
		lock = lock_of_path(w->l, mode, &p);
		if (inner->type)
			lock.type = inner->type;
		return lock;
	}
	return (struct lock){ .name = inner->name, .mode = mode, .path = p, .type = inner->type };
}

/*
 * The effect like `like` on the lock, which is in the caller's frame, in the summary of `target`, whose
 * locks are `inner`; or NULL.
 */
static const struct lock_effect *find_effect(const struct effect_builder *w, uint32_t target,
					     const struct lock *inner, const struct lock *lock,
					     const struct lock_effect *like)
{
	const struct function_locks *t = &w->l->locks[target];
	uint32_t i;

	for (i = 0; i < t->nsummary; i++) {
		const struct lock_effect *e = &t->summary[i];

		if (e->op == like->op && e->maybe == like->maybe && e->told_by == like->told_by &&
		    same_lock_here(&inner[i], lock))
			return e;
	}
	return NULL;
}

/* After a call of either the lock is held where both hold it, or one never returns such a result. */
static void add_alternative(struct lock_effect *e, const struct lock_effect *other)
{
	const struct result_when *a = &e->when, *b = &other->when;
	uint8_t possible = a->possible | b->possible;
	uint8_t held = (uint8_t)((a->held | ~a->possible) & (b->held | ~b->possible) & possible);

	e->when = (struct result_when){ possible, held, a->fails | b->fails };
	if (other->mode < e->mode)
		e->mode = other->mode;
}

/*
 * Have all targets that have a summary the effect?  Then *e, which is that of the first of them, is
 * what it is after a call of any.
 */
static bool all_have_effect(const struct effect_builder *w, const uint32_t *targets, uint32_t n,
			    const struct lock *lock, struct lock_effect *e)
{
	const struct lock_effect like = *e, *other;
	uint32_t t;

	for (t = 0; t < n; t++) {
		if (!w->l->locks[targets[t]].summarised)
			continue;
		other = find_effect(w, targets[t], w->inner + w->first_inner[t], lock, &like);
		if (!other)
			return false;
		add_alternative(e, other);
	}
	return e->op != OP_ACQUIRE || e->maybe || e->when.held;
}

/* The effects of the target number `t`; `first`: of those that have a summary. */
static void effects_of_target(struct effect_builder *w, const uint32_t *targets, uint32_t n,
			      uint32_t t, bool first)
{
	const struct function_locks *callee = &w->l->locks[targets[t]];
	struct lock lock;
	uint32_t i;
	bool all;

	for (i = 0; i < callee->nsummary; i++) {
		struct lock_effect e = callee->summary[i];

		if (e.op != OP_RELEASE && !first)
			continue;
		lock = w->inner[w->first_inner[t] + i];
		all = all_have_effect(w, targets, n, &lock, &e);
		lock.mode = e.mode;
		e.maybe |= e.op == OP_RELEASE && !all;
		e.surely &= n == 1;
		/* That one of several callees releases some lock, whichever, says nothing of this one. */
		if (e.op == OP_RELEASE && e.maybe && lock_may_be_any(&lock))
			continue;
		if (e.op == OP_RELEASE ? first || !all : all) {
			forget_object(w->l, w->locks, &lock);
			add_effect(w, &lock, &e);
		}
	}
}

/* Fills w->inner. */
static void find_inner_locks(struct effect_builder *w, const struct call *c,
			     const uint32_t *targets, uint32_t n)
{
	const struct function_locks *callee;
	size_t first = 0;
	uint32_t t, i;

	w->ninner = 0;
	for (t = 0; t < n; t++) {
		callee = &w->l->locks[targets[t]];
		*vec_add(w->first_inner, first, w->first_cap) = w->ninner;
		for (i = 0; callee->summarised && i < callee->nsummary; i++)
			*vec_add(w->inner, w->ninner, w->inner_cap) =
				lock_to_caller(w, c, callee->summary_locks[callee->summary[i].lock],
					       callee->summary[i].mode);
	}
}

/*
 * A call with several targets releases what any of them releases, and acquires what all of them
 * acquire.  In a cycle a target may have no summary yet: it is left out, and lockset_summarise()
 * comes back until that changes nothing.
 */
static void effects_of_targets(struct effect_builder *w, uint32_t call)
{
	uint32_t n, t;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);
	bool first = true;

	find_inner_locks(w, &w->fn->calls[call], targets, n);
	for (t = 0; t < n; t++) {
		if (!w->l->locks[targets[t]].summarised) {
			w->locks->cyclic = true;
			continue;
		}
		effects_of_target(w, targets, n, t, first);
		first = false;
	}
}

/* What a call of a function with an annotation does; mode 0: nothing. */
static const struct annotation_rule {
	enum lock_op op;
	enum lock_mode mode;
	enum lock_result result;
} annotation_rules[] = {
	[ANN_MUST_HOLD] = { 0 },
	[ANN_MUST_HOLD_SHARED] = { 0 },
	[ANN_ACQUIRES] = { OP_ACQUIRE, MODE_EXCLUSIVE, RESULT_ALWAYS },
	[ANN_ACQUIRES_SHARED] = { OP_ACQUIRE, MODE_SHARED, RESULT_ALWAYS },
	[ANN_RELEASES] = { OP_RELEASE, MODE_EXCLUSIVE, RESULT_ALWAYS },
	[ANN_RELEASES_SHARED] = { OP_RELEASE, MODE_SHARED, RESULT_ALWAYS },
	[ANN_COND_ACQUIRES] = { OP_ACQUIRE, MODE_EXCLUSIVE, RESULT_NONZERO },
	[ANN_COND_ACQUIRES_SHARED] = { OP_ACQUIRE, MODE_SHARED, RESULT_NONZERO },
	[ANN_COND_ACQUIRES_ZERO] = { OP_ACQUIRE, MODE_EXCLUSIVE, RESULT_ZERO },
	[ANN_COND_ACQUIRES_ZERO_SHARED] = { OP_ACQUIRE, MODE_SHARED, RESULT_ZERO },
};

/* Adds the effects of a call `c` of a function with these annotations; NULL: in its own frame. */
static void effects_of_annotations(struct effect_builder *w, const struct call *c,
				   const struct annotation *a, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++) {
		const struct annotation_rule *r = &annotation_rules[a[i].kind];
		struct lock_effect e = effect_of(r->op, r->result);
		struct path p = c ? substitute_path(w->l, w->f, c, &a[i].lock) : a[i].lock;
		struct lock lock;

		if (p.root == ROOT_UNKNOWN || !r->mode)
			continue;
		lock = lock_of_path(w->l, r->mode, &p);
		add_effect(w, &lock, &e);
	}
}

/* The end of a guard's scope drops what its constructor took, whatever the destructor looks like. */
static bool is_end_of_guard(const struct effect_builder *w, const struct call *c)
{
	const uint32_t *first = w->locks->first_effect;
	uint32_t i, of = c->is_cleanup ? c->constructor : NONE;

	if (of == NONE)
		return false;
	for (i = first[of]; i < first[of + 1] && i < w->out->n; i++)
		if (w->out->v[i].op == OP_ACQUIRE)
			return true;
	return false;
}

static void effects_of_call(struct effect_builder *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	const struct lock_api *api = NULL;
	const struct declaration *d;
	uint32_t ntargets;

	if (is_end_of_guard(w, c))
		return;
	if (c->kind == CALLEE_DIRECT)
		api = model_lock(w->l->model, str_unqualified(c->name));
	if (api) {
		effects_of_model(w, call, api);
		return;
	}
	effects_of_targets(w, call);
	call_targets(w->l, w->f, call, &ntargets);
	if (c->kind != CALLEE_DIRECT || ntargets)
		return;
	d = symtab_declaration(w->l, c->name);
	if (d)
		effects_of_annotations(w, c, d->annotations, d->nannotations);
}

void lock_effects(struct link *l, uint32_t f)
{
	struct effect_list out = { 0 };
	struct effect_builder w = {
		.l = l, .f = f, .fn = &l->p->functions[f], .locks = &l->locks[f], .out = &out
	};
	uint32_t c;

	w.locks->first_effect = arena_alloc(l->arena, (w.fn->ncalls + 1) * sizeof(uint32_t));
	for (c = 0; c < w.fn->ncalls; c++) {
		w.locks->first_effect[c] = (uint32_t)out.n;
		effects_of_call(&w, c);
	}
	w.locks->first_effect[w.fn->ncalls] = (uint32_t)out.n;
	w.locks->effects = arena_copy(l->arena, out.v, out.n * sizeof(*out.v));
	free(w.inner);
	free(w.first_inner);
	free(out.v);
}

void annotation_effects(struct link *l, uint32_t f, struct effect_list *out)
{
	struct effect_builder w = {
		.l = l, .f = f, .fn = &l->p->functions[f], .locks = &l->locks[f], .out = out
	};

	effects_of_annotations(&w, NULL, w.fn->annotations, w.fn->nannotations);
}

bool call_sleeps(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t = only_target(l, f, c);

	return call_has(l, call, MODEL_SLEEPS) || (t != NONE && l->locks[t].sleeps);
}
