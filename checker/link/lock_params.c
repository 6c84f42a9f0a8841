// SPDX-License-Identifier: GPL-2.0-only
/* lock_params.c - which lock a function is handed as a parameter, in each of its contexts. */
#include "lock_params.h"
#include "base/chunks.h"
#include "base/mutex.h"
#include "base/numbers.h"
#include "callgraph.h"
#include "limit.h"
#include "lock_intern.h"
#include "lock_path.h"
#include "lockset.h"
#include "path.h"
#include "resolve.h"

#define PARAMS_OF_MASK 32 /* parameters behind these are bound to nothing */

/* Parameters of a function: bit i is parameter i. */
struct lock_demand {
	uint32_t bare;	 /* itself a lock */
	uint32_t inside; /* a record on the way to a lock */
};

/* What a parameter is bound to. */
struct lock_binding {
	const struct lock *lock; /* in the frame of the function that has the parameter */
	uint64_t param;		 /* (as wide as the pointer: numbers are for bytes) */
};

struct lock_bindings {
	uint32_t n;
	const struct lock_binding *of;
};

struct lock_params {
	struct lock_demand *demand; /* by function */
	pthread_mutex_t lock;	    /* of the numbers, and of those that have none yet */
	struct numbers numbers;
	struct chunks bound; /* struct lock_bindings by number - 1 */
	uint32_t nbound;
};

/* --- which parameters lead to locks */

static bool has_member(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].field)
			return true;
	return false;
}

/* Adds the parameter that the path begins with; returns whether that is new. */
static bool add_param(struct lock_demand *d, const struct path *p, bool bare)
{
	struct lock_demand old = *d;

	if (p->root != ROOT_PARAM || p->index >= PARAMS_OF_MASK)
		return false;
	if (bare && !has_member(p))
		d->bare |= UINT32_C(1) << p->index;
	else
		d->inside |= UINT32_C(1) << p->index;
	return d->bare != old.bare || d->inside != old.inside;
}

static bool demand_of_call(struct link *l, uint32_t f, uint32_t call)
{
	const struct call *c = &l->p->functions[f].calls[call];
	struct lock_params *lp = l->lock_params;
	struct lock_demand d = { 0 };
	bool changed = false;
	uint32_t n, t, i;
	const uint32_t *targets = call_targets(l, f, call, &n);
	struct path p;

	for (t = 0; t < n; t++)
		if (l->relevant[targets[t]]) {
			d.bare |= lp->demand[targets[t]].bare;
			d.inside |= lp->demand[targets[t]].inside;
		}
	for (i = 0; i < c->nargs && i < PARAMS_OF_MASK; i++) {
		if (!((d.bare | d.inside) >> i & 1))
			continue;
		p = resolve_path(l, f, c->args[i]);
		changed |= add_param(&lp->demand[f], &p, d.bare >> i & 1);
	}
	return changed;
}

static bool demand_of_calls(struct link *l, uint32_t f)
{
	bool changed = false;
	uint32_t c;

	for (c = 0; c < l->p->functions[f].ncalls; c++)
		changed |= demand_of_call(l, f, c);
	return changed;
}

/* One round over the functions with a callee that asks for more, callees first; false: there was none. */
static bool find_stale(struct link *l, bool *stale)
{
	const struct callgraph_node *g;
	bool any = false;
	uint32_t f, c;
	size_t i;

	for (i = 0; i < l->p->nfunctions; i++) {
		f = l->bottom_up[i];
		if (!stale[f])
			continue;
		any = true;
		stale[f] = false;
		if (!l->relevant[f] || !l->called[f] || !demand_of_calls(l, f))
			continue;
		g = &l->callgraph[f];
		for (c = 0; c < g->ncallers; c++)
			stale[g->callers[c]] = true;
	}
	return any;
}

void lock_params_find(struct link *l)
{
	size_t n = l->p->nfunctions, i;
	bool *stale = xmalloc(n + 1);
	uint32_t k;

	l->lock_params = xcalloc(1, sizeof(*l->lock_params));
	l->lock_params->lock = MUTEX_INIT;
	l->lock_params->demand = arena_alloc(l->arena, n * sizeof(*l->lock_params->demand));
	for (i = 0; i < n; i++)
		for (k = 0; l->relevant[i] && k < l->locks[i].nlocks; k++)
			if (!l->locks[i].locks[k]->activity)
				add_param(&l->lock_params->demand[i], &l->locks[i].locks[k]->path,
					  !l->locks[i].locks[k]->name);
	memset(stale, true, n);
	while (find_stale(l, stale))
		;
	free(stale);
}

void lock_params_free(struct link *l)
{
	struct lock_params *lp = l->lock_params;

	chunks_free(&lp->bound);
	numbers_free(&lp->numbers);
	pthread_mutex_destroy(&lp->lock);
	free(lp);
	l->lock_params = NULL;
}

bool lock_params_any(const struct link *l, uint32_t f)
{
	return l->lock_params->demand[f].bare | l->lock_params->demand[f].inside;
}

/* --- what they are bound to */

static const struct lock *binding_of(const struct lock_bindings *b, uint32_t param)
{
	uint32_t i;

	for (i = 0; i < b->n; i++)
		if (b->of[i].param == param)
			return b->of[i].lock;
	return NULL;
}

static struct lock_bindings *numbered(const struct lock_params *lp, uint32_t number)
{
	return chunk_element(struct lock_bindings, &lp->bound, number - 1);
}

static const struct lock_bindings *bindings(const struct link *l, uint32_t bound)
{
	static const struct lock_bindings none;

	return bound ? numbered(l->lock_params, bound) : &none;
}

const struct lock *lock_params_bound(const struct link *l, uint32_t bound, uint32_t param)
{
	return binding_of(bindings(l, bound), param);
}

/* Returns false if the path would get too many steps. */
static bool rebase(const struct link *l, uint32_t f, const struct lock_bindings *b, struct path *p)
{
	const struct lock *to = p->root == ROOT_PARAM ? binding_of(b, p->index) : NULL;

	if (!to)
		return true;
	*p = path_concat(&to->path, p);
	if (p->root != ROOT_UNKNOWN)
		return true;
	limit_met(l, LIMIT_PATH_STEPS, f);
	return false;
}

void lock_params_path(const struct link *l, uint32_t f, uint32_t bound, struct path *p)
{
	rebase(l, f, bindings(l, bound), p);
}

void lock_params_lock(const struct link *l, uint32_t f, uint32_t bound, struct lock *lock)
{
	const struct lock_bindings *b = bindings(l, bound);
	const struct lock *to = lock->path.root == ROOT_PARAM ? binding_of(b, lock->path.index) :
								NULL;

	if (!lock->name && to)
		lock->name = to->name;
	if (!rebase(l, f, b, &lock->path) || !lock->name)
		lock->path = (struct path){ .root = ROOT_FORMER };
}

const struct lockset *lock_params_set(struct link *l, uint32_t f, uint32_t bound,
				      const struct lockset *s)
{
	struct lockset out = { 0 };
	struct lock lock;
	uint32_t i;

	if (!bound)
		return s;
	for (i = 0; i < s->n; i++) {
		lock = *s->locks[i];
		lock_params_lock(l, f, bound, &lock);
		lockset_add(l, &out, &lock);
	}
	return lockset_intern(l, &out);
}

static bool goes_down(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_CONTAINER)
			return false;
	return p->nsteps;
}

/*
 * The object `outer`, which the call passes as argument `param`, by the shortest way from another
 * one.  Of two arguments that lead to locks only the first one may be the way to the other.
 */
static bool express_otherwise(struct link *l, uint32_t f, const struct call *c, uint32_t param,
			      const struct lock_demand *d, const struct path *outer,
			      struct path *inner)
{
	struct path candidate;
	bool found = false;
	uint32_t j;

	if (outer->root == ROOT_GLOBAL || outer->root == ROOT_FORMER) {
		*inner = *outer;
		return true;
	}
	for (j = 0; j < c->nargs; j++) {
		if (j == param || (j > param && j < PARAMS_OF_MASK && d->bare >> j & 1) ||
		    !express_through(l, f, c, j, outer, &candidate))
			continue;
		if (!(d->bare >> param & 1) && !goes_down(&candidate))
			continue;
		if (!found || candidate.nsteps < inner->nsteps)
			*inner = candidate;
		found = true;
	}
	return found;
}

/* What the argument for `param` is; false if nothing is known of it that the callee does not see. */
static bool bind_param(struct link *l, uint32_t f, uint32_t bound, const struct call *c,
		       uint32_t param, const struct lock_demand *d,
		       const struct lock_bindings *sofar, struct lock *lock)
{
	struct path arg = lock_argument(l, f, c->args[param]), inner;
	bool bare = d->bare >> param & 1;

	*lock = (struct lock){ .mode = MODE_EXCLUSIVE, .path = arg };
	if (bare) {
		*lock = lock_of_path(l, MODE_EXCLUSIVE, &arg);
		lock_params_lock(l, f, bound, lock);
		if (!lock->name)
			return false;
	} else {
		lock_params_path(l, f, bound, &lock->path);
	}
	if (express_otherwise(l, f, c, param, d, &arg, &inner) ||
	    express_otherwise(l, f, c, param, d, &lock->path, &inner)) {
		lock->path = inner;
		rebase(l, f, sofar, &lock->path);
		lock->path.type = 0;
		return true;
	}
	if (bare && lock->path.root != ROOT_FORMER)
		lock->path = (struct path){ .root = ROOT_PARAM, .index = param };
	return bare;
}

/* The number of bindings; with lock_params.lock held. */
static uint32_t number_of(struct link *l, const struct lock_bindings *b)
{
	struct lock_params *lp = l->lock_params;
	uint32_t number = numbers_get(&lp->numbers, b->of, b->n * sizeof(*b->of));

	if (number <= lp->nbound)
		return number;
	lp->nbound = number;
	chunks_reserve(&lp->bound, number - 1, sizeof(struct lock_bindings));
	*numbered(lp, number) =
		(struct lock_bindings){ b->n, arena_copy(l->arena, b->of, b->n * sizeof(*b->of)) };
	return number;
}

uint32_t lock_params_bind(struct link *l, uint32_t f, uint32_t bound, const struct call *call,
			  uint32_t target)
{
	struct lock_params *lp = l->lock_params;
	const struct lock_demand *d = &lp->demand[target];
	struct lock_binding of[PARAMS_OF_MASK];
	struct lock_bindings sofar = { 0, of };
	struct lock lock;
	uint32_t i, number;

	for (i = 0; i < call->nargs && i < PARAMS_OF_MASK; i++)
		if ((d->bare | d->inside) >> i & 1 &&
		    bind_param(l, f, bound, call, i, d, &sofar, &lock))
			of[sofar.n++] = (struct lock_binding){ lock_intern(l, &lock), i };
	if (!sofar.n)
		return 0;
	pthread_mutex_lock(&lp->lock);
	number = number_of(l, &sofar);
	pthread_mutex_unlock(&lp->lock);
	return number;
}
