// SPDX-License-Identifier: GPL-2.0-only
/*
 * explore.c - from the entry points down the calls: all contexts, and the writes in them.
 *
 * Contexts that differ are kept apart (context.c), so a helper that is called unlocked in probe
 * and locked in ioctl is locked at runtime, and the chain of calls that led to a context holds
 * exactly its locks.  Callers are explored before callees outside cycles, so that a function has
 * all its contexts when its turn comes.
 */
#include "explore.h"
#include "broken.h"
#include "callgraph.h"
#include "context_demand.h"
#include "entries.h"
#include "entry_locks.h"
#include "kernel/linuxmodel.h"
#include "lock_effects.h"
#include "lock_intern.h"
#include "lock_params.h"
#include "object_phase.h"
#include "resolve.h"
#include "rules.h"
#include "shortest.h"

/* --- actions of a function, the same in all contexts */

/* A point of a function that writes a unit, or calls what is relevant. */
struct action {
	const struct point *pt;
	bool writes;
	bool sleeps;
	uint32_t ntargets;
	const uint32_t *targets;	     /* of the call, if they are followed */
	uint16_t demand;		     /* what any of them asks of a context */
	const struct path *args[PARAMS_MAX]; /* resolved: those whose phase is asked for */
	/* By the model: */
	const struct entry_rule *rule; /* for the slot that it goes through, or NULL */
	str runs_in;		       /* the kind of context that the callee runs in, or 0 */
	int sets_up, takes_down;       /* the argument whose object it sets up, or tears down; -1 */
	int stops;		       /* the argument that is a task which does not run; -1 */
};

/* The locks at each action of a function that is entered with `entry`. */
struct locks_of_entry {
	struct entered entry;
	const struct lockset **held;	  /* by action */
	struct entered **passed;	  /* by action, by target: in the frame of the target */
	uint8_t *doubted;		  /* by action: enum lock_doubt */
	const struct lockset **sometimes; /* by action: names of locks held on some paths, or NULL */
	struct locks_of_entry *next;
};

struct visit {
	struct explorer *x;
	struct link *l;
	uint32_t f;
	struct action *actions;
	size_t n, cap;
	struct locks_of_entry *locks;
	struct arena arena;
};

/* Is the body of the callee of no interest, as that of a lock function? */
static bool is_opaque(const struct link *l, const struct call *c)
{
	return c->kind == CALLEE_DIRECT &&
	       (model_lock(l->model, str_unqualified(c->name)) || call_has(l, c, MODEL_OPAQUE) ||
		model_has_suffix(l->model, MODEL_FAILED_ASSERTION, str_unqualified(c->name)));
}

static const struct call *call_of(const struct visit *v, const struct action *a)
{
	return &v->l->p->functions[v->f].calls[a->pt->event->call];
}

static bool is_owner(const struct entry_rule *r, uint32_t param)
{
	return r && r->owner >= 0 && (uint32_t)r->owner == param;
}

/* Finds the phases that the callees ask for, except those that a rule gives. */
static void find_demand(struct visit *v, struct action *a)
{
	const struct call *c = call_of(v, a);
	struct path p;
	uint32_t t, i;

	for (t = 0; t < a->ntargets; t++)
		if (v->l->explored[a->targets[t]])
			a->demand |= v->l->demand[a->targets[t]];
	for (i = 0; i < PARAMS_MAX; i++) {
		if (is_owner(a->rule, i))
			a->demand &= (uint16_t)~(1 << i);
		if (i >= c->nargs || !(a->demand >> i & 1))
			continue;
		p = argument_object(v->l, v->f, c->args[i]);
		a->args[i] = arena_copy(&v->arena, &p, sizeof(p));
	}
}

static void find_call(struct visit *v, struct action *a)
{
	const struct function *fn = &v->l->p->functions[v->f];
	const struct call *c = call_of(v, a);
	uint32_t at = 0;

	a->sets_up = a->takes_down = a->stops = -1;
	a->sleeps = call_sleeps(v->l, v->f, a->pt->event->call);
	a->writes = call_overwrites(v->l, fn, a->pt->event->call) ||
		    call_overwrites_part(v->l, fn, a->pt->event->call, &at);
	a->rule = rule_of_call(v->l, c);
	if (is_opaque(v->l, c))
		return;
	if (c->kind == CALLEE_DIRECT) {
		str name = str_unqualified(c->name);

		a->runs_in = model_context(v->l->model, MODEL_RUNS, name);
		a->sets_up = model_argument(v->l->model, MODEL_SETUP, name);
		a->takes_down = model_argument(v->l->model, MODEL_TEARDOWN, name);
		a->stops = model_argument(v->l->model, MODEL_STOPPED, name);
	}
	a->targets = call_targets(v->l, v->f, a->pt->event->call, &a->ntargets);
	find_demand(v, a);
}

static bool calls_relevant(const struct visit *v, const struct action *a)
{
	uint32_t t;

	for (t = 0; t < a->ntargets; t++)
		if (v->l->explored[a->targets[t]])
			return true;
	return false;
}

static void find_actions(struct visit *v)
{
	const struct function_locks *locks = &v->l->locks[v->f];
	uint32_t i;

	for (i = 0; i < locks->npoints; i++) {
		struct action a = { .pt = &locks->points[i] };

		if (a.pt->event->kind == EV_CALL)
			find_call(v, &a);
		else
			a.writes = true;
		if (a.writes || calls_relevant(v, &a))
			*vec_add(v->actions, v->n, v->cap) = a;
	}
}

/* --- one context */

/* How a call that is made with the locks `held` enters each of its targets. */
static struct entered *pass_locks(struct visit *v, const struct action *a,
				  const struct entered *entry, const struct lockset *held)
{
	const struct lockset *locks = locks_in_callee(v->l, v->f, call_of(v, a), held);
	struct entered *to = arena_alloc(&v->arena, a->ntargets * sizeof(*to));
	uint32_t t;

	for (t = 0; t < a->ntargets; t++) {
		to[t].locks = locks;
		if (!lock_params_any(v->l, a->targets[t]))
			continue;
		to[t].bound =
			lock_params_bind(v->l, v->f, entry->bound, call_of(v, a), a->targets[t]);
		to[t].locks = lock_params_set(v->l, a->targets[t], to[t].bound, locks);
	}
	return to;
}

/* The enum lock_doubt of a lock that locks_sometimes() lists.  What was ended is none. */
static uint8_t doubt_of_sometimes(const struct lock *lock)
{
	if (lock->activity)
		return 0;
	return lock_is_lost(lock) ? LOCKS_LOST : LOCKS_SOMETIMES;
}

/* Many contexts have the same locks at entry: found once for each set. */
static const struct locks_of_entry *locks_of(struct visit *v, const struct context *n)
{
	struct entered entry = { n->entry, n->bound };
	struct locks_of_entry *e;
	uint32_t k;
	size_t i;

	for (e = v->locks; e; e = e->next)
		if (e->entry.locks == entry.locks && e->entry.bound == entry.bound)
			return e;
	e = arena_alloc(&v->arena, sizeof(*e));
	e->entry = entry;
	e->held = arena_alloc(&v->arena, v->n * sizeof(*e->held));
	e->passed = arena_alloc(&v->arena, v->n * sizeof(*e->passed));
	e->doubted = arena_alloc(&v->arena, v->n * sizeof(*e->doubted));
	e->sometimes = arena_alloc(&v->arena, v->n * sizeof(*e->sometimes));
	for (i = 0; i < v->n; i++) {
		const struct action *a = &v->actions[i];

		e->held[i] = locks_at(v->l, v->f, &entry, a->pt);
		e->sometimes[i] = locks_sometimes(v->l, v->f, &entry, a->pt);
		e->doubted[i] = a->pt->is->doubted;
		for (k = 0; e->sometimes[i] && k < e->sometimes[i]->n; k++)
			e->doubted[i] |= doubt_of_sometimes(e->sometimes[i]->locks[k]);
		if (a->ntargets)
			e->passed[i] = pass_locks(v, a, &entry, e->held[i]);
	}
	e->next = v->locks;
	v->locks = e;
	return e;
}

/* The phases of the objects that a call passes, and of those that its callee allocates. */
static void set_phases(const struct visit *v, const struct action *a, const struct context *from,
		       struct context *callee)
{
	uint8_t *phase = callee->phase;
	uint32_t i;

	for (i = 0; i < PARAMS_MAX; i++)
		phase[i] = a->args[i] ? (uint8_t)phase_of_object(v->l, from, a->args[i], a->pt) :
					OBJECT_RUNTIME;
	if (a->sets_up >= 0 && a->sets_up < PARAMS_MAX)
		phase[a->sets_up] = OBJECT_SETUP;
	if (a->takes_down >= 0 && a->takes_down < PARAMS_MAX)
		phase[a->takes_down] = OBJECT_TEARDOWN;
	if (a->stops >= 0 && a->stops < PARAMS_MAX && phase[a->stops] >= OBJECT_RUNTIME_ASSUMED)
		phase[a->stops] = OBJECT_RUNTIME_OWN;
	if (!a->rule)
		return;
	if (a->rule->owner >= 0 && a->rule->owner < PARAMS_MAX)
		phase[a->rule->owner] = (uint8_t)object_phase_of(a->rule->phase);
	callee->alloc_phase = a->rule->phase == PHASE_SETUP ? OBJECT_SETUP : OBJECT_RUNTIME;
}

/* Is the code freed before the context can run?  Code in .init.text does not exist at runtime. */
static bool is_freed(const struct link *l, const struct context *n)
{
	return l->p->functions[n->function].flags & FUNC_INIT && n->entry_phase == PHASE_RUNTIME &&
	       !n->unseen;
}

static void follow_call(const struct visit *v, uint32_t from, const struct action *a,
			const struct entered *passed, uint8_t doubted,
			const struct lockset *sometimes)
{
	struct context callee = v->x->contexts[from], n;
	uint32_t t;

	callee.label = 0;
	callee.parent = from;
	callee.parent_call = a->pt->event->call;
	callee.depth++;
	callee.dropped = false;
	callee.doubted |= doubted;
	callee.sometimes = locks_union(v->l, callee.sometimes, sometimes);
	callee.against |= a->pt->is->against;
	set_phases(v, a, &v->x->contexts[from], &callee);
	if (a->runs_in)
		context_set_kind(v->l, &callee, a->runs_in);
	for (t = 0; t < a->ntargets; t++) {
		n = callee;
		n.function = a->targets[t];
		n.entry = passed[t].locks;
		n.bound = passed[t].bound;
		if (v->l->explored[n.function] && !is_freed(v->l, &n))
			context_add(v->x, &n);
	}
}

static void note_write(struct explorer *x, uint32_t at, const struct action *a,
		       const struct lockset *held, uint8_t doubted, const struct lockset *sometimes)
{
	*vec_add(x->writes, x->nwrites, x->writes_cap) = (struct reached_write){
		.context = at,
		.doubted = doubted,
		.sometimes = locks_union(x->l, x->contexts[at].sometimes, sometimes),
		.point = a->pt,
		.held = held,
	};
}

static void explore_context(struct visit *v, uint32_t at)
{
	const struct locks_of_entry *e = locks_of(v, &v->x->contexts[at]);
	bool atomic = model_has(v->l->model, MODEL_INTERRUPT, v->x->contexts[at].kind);
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct action *a = &v->actions[i];

		/* Code that sleeps, and code behind it, is unreachable in atomic context. */
		if (atomic && (a->sleeps || a->pt->is->slept))
			continue;
		if (a->writes)
			note_write(v->x, at, a, e->held[i], e->doubted[i], e->sometimes[i]);
		if (a->ntargets)
			follow_call(v, at, a, e->passed[i], e->doubted[i], e->sometimes[i]);
	}
}

/* --- all contexts */

/* A recursive function may get more contexts meanwhile. */
static void explore_function(struct explorer *x, uint32_t f)
{
	struct visit v = { .x = x, .l = x->l, .f = f };
	struct contexts_of *of = &x->of[f];
	uint32_t at;

	if (of->todo == NONE)
		return;
	find_actions(&v);
	while (of->todo != NONE) {
		at = of->todo;
		of->todo = x->contexts[at].next;
		if (!x->contexts[at].dropped)
			explore_context(&v, at);
	}
	free(v.actions);
	arena_free(&v.arena);
}

/* Explores until no function has contexts left to be explored. */
static void explore_all(struct explorer *x)
{
	uint32_t f;

	while ((f = explorer_next(x)) != NONE)
		explore_function(x, f);
}

void contexts_explore(struct link *l)
{
	struct explorer *x = l->explorer = arena_alloc(l->arena, sizeof(*x));
	struct unseen unseen = { 0 };

	explorer_begin(x, l);
	entries_add(l, x);
	explore_all(x);
	while (entries_add_unseen(l, x, &unseen))
		explore_all(x);
	contexts_shorten(x);
	explorer_done(x);
	lockset_unions_forget(l);
}

void contexts_free(struct link *l)
{
	explorer_end(l->explorer);
	l->explorer = NULL;
}

/* --- */

/* Each context is an entry point, or was reached by a call from a context nearer to one. */
static void check_parent(const struct link *l, const struct context *n)
{
	const struct explorer *x = l->explorer;
	const struct context *p;

	if (n->parent == NONE) {
		if (n->depth)
			broken(l, "contexts", n->function, "an entry point at depth %u", n->depth);
		return;
	}
	if (n->parent >= x->n)
		broken(l, "contexts", n->function, "a context with parent %u of %zu", n->parent,
		       x->n);
	p = &x->contexts[n->parent];
	if (p->depth + 1 != n->depth)
		broken(l, "contexts", n->function, "at depth %u, with a parent at depth %u",
		       n->depth, p->depth);
	if (n->parent_call >= l->p->functions[p->function].ncalls ||
	    !callgraph_has(l, p->function, n->function))
		broken(l, "contexts", n->function,
		       "entered by call %u of %s, which does not call it", n->parent_call,
		       str_get(l->p->functions[p->function].key));
}

static void check_writes(const struct link *l)
{
	const struct explorer *x = l->explorer;
	size_t i;

	for (i = 0; i < x->nwrites; i++) {
		const struct reached_write *w = &x->writes[i];

		if (w->context >= x->n || x->contexts[w->context].dropped || !w->point || !w->held)
			broken(l, "contexts", NONE, "write %zu is in context %u of %zu", i,
			       w->context, x->n);
	}
}

void contexts_check(const struct link *l)
{
	const struct explorer *x = l->explorer;
	uint32_t f, at;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (x->of[f].todo != NONE)
			broken(l, "contexts", f, "context %u was not explored", x->of[f].todo);
		for (at = x->of[f].first; at != NONE; at = x->contexts[at].next) {
			if (x->contexts[at].function != f || !l->explored[f])
				broken(l, "contexts", f, "it has a context of function %u",
				       x->contexts[at].function);
			check_parent(l, &x->contexts[at]);
		}
	}
	check_writes(l);
}
