// SPDX-License-Identifier: GPL-2.0-only
/* visit.c - one turn of a function in the exploration. */
#include "visit.h"
#include "call_phases.h"
#include "callgraph.h"
#include "entry_locks.h"
#include "kernel/linuxmodel.h"
#include "lock_effects.h"
#include "lock_intern.h"
#include "lock_params.h"
#include "rules.h"
#include "thinning.h"

/* --- actions of a function, the same in all contexts */

/* A point of a function that writes a unit, or calls what is relevant. */
struct action {
	const struct point *pt;
	bool writes;
	bool sleeps;
	uint32_t ntargets;
	const uint32_t *targets; /* of the call, if they are followed */
	uint32_t *callees;	 /* by target: place in actions.callees, or NONE */
	struct call_phases phases;
	str runs_in; /* the kind of context that the callee runs in, by the model, or 0 */
};

/* A function that is explored, and called by actions. */
struct entered_function {
	uint32_t function;
	uint32_t ncalls; /* by how many targets of actions */
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

/* The phases that the callees ask for. */
static uint16_t demand_of_callees(const struct visit *v, const struct action *a)
{
	uint16_t demand = 0;
	uint32_t t;

	for (t = 0; t < a->ntargets; t++)
		if (v->l->explored[a->targets[t]])
			demand |= v->l->demand[a->targets[t]];
	return demand;
}

static bool calls_relevant(const struct visit *v, const struct action *a)
{
	uint32_t t;

	for (t = 0; t < a->ntargets; t++)
		if (v->l->explored[a->targets[t]])
			return true;
	return false;
}

/* Returns false if the call neither writes a unit nor leads to a function that does. */
static bool find_call(struct visit *v, struct action *a)
{
	const struct function *fn = &v->l->p->functions[v->f];
	const struct call *c = call_of(v, a);
	uint32_t at = 0;

	a->writes = call_overwrites(v->l, fn, a->pt->event->call) ||
		    call_overwrites_part(v->l, fn, a->pt->event->call, &at);
	if (!is_opaque(v->l, c))
		a->targets = call_targets(v->l, v->f, a->pt->event->call, &a->ntargets);
	if (!a->writes && !calls_relevant(v, a))
		return false;
	a->sleeps = call_sleeps(v->l, v->f, a->pt->event->call);
	if (c->kind == CALLEE_DIRECT && a->ntargets)
		a->runs_in = model_context(v->l->model, MODEL_RUNS, str_unqualified(c->name));
	call_phases_find(v->l, v->f, a->pt->event->call, demand_of_callees(v, a),
			 &v->actions->arena, &a->phases);
	return true;
}

/* Where an action says which of the callees a target is. */
struct callee_place {
	uint32_t function;
	uint32_t *place;
};

static int by_function(const void *a, const void *b)
{
	const struct callee_place *x = a, *y = b;

	return x->function < y->function ? -1 : x->function > y->function;
}

/* Lists the functions that are called, each of them once. */
static void find_callees(struct visit *v, struct callee_place *places, size_t n)
{
	struct actions *to = v->actions;
	size_t i;

	if (n)
		qsort(places, n, sizeof(*places), by_function);
	to->callees = arena_alloc(&to->arena, n * sizeof(*to->callees));
	to->ncallees = 0;
	for (i = 0; i < n; i++) {
		if (!i || places[i].function != places[i - 1].function)
			to->callees[to->ncallees++].function = places[i].function;
		to->callees[to->ncallees - 1].ncalls++;
		*places[i].place = to->ncallees - 1;
	}
}

static void list_callees(struct visit *v)
{
	struct callee_place *places = NULL;
	size_t n = 0, cap = 0, i;
	uint32_t t;

	for (i = 0; i < v->actions->n; i++) {
		struct action *a = &v->actions->of[i];

		a->callees = arena_alloc(&v->actions->arena, a->ntargets * sizeof(*a->callees));
		for (t = 0; t < a->ntargets; t++) {
			a->callees[t] = NONE;
			if (v->l->explored[a->targets[t]])
				*vec_add(places, n, cap) =
					(struct callee_place){ a->targets[t], &a->callees[t] };
		}
	}
	find_callees(v, places, n);
	free(places);
}

static void find_actions(struct visit *v)
{
	const struct function_locks *locks = &v->l->locks[v->f];
	struct actions *to = v->actions;
	uint32_t i;

	to->found = true;
	for (i = 0; i < locks->npoints; i++) {
		struct action a = { .pt = &locks->points[i] };

		if (a.pt->event->kind != EV_CALL)
			a.writes = true;
		else if (!find_call(v, &a))
			continue;
		*vec_add(to->of, to->n, to->cap) = a;
	}
	list_callees(v);
}

/* Makes it empty, and keeps memory for the next one. */
static void actions_clear(struct actions *a)
{
	arena_clear(&a->arena);
	a->n = 0;
	a->found = false;
}

void actions_free(struct actions *a)
{
	free(a->of);
	arena_free(&a->arena);
	*a = (struct actions){ 0 };
}

/* --- the contexts of a turn */

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
	e->held = arena_alloc(&v->arena, v->actions->n * sizeof(*e->held));
	e->passed = arena_alloc(&v->arena, v->actions->n * sizeof(*e->passed));
	e->doubted = arena_alloc(&v->arena, v->actions->n * sizeof(*e->doubted));
	e->sometimes = arena_alloc(&v->arena, v->actions->n * sizeof(*e->sometimes));
	for (i = 0; i < v->actions->n; i++) {
		const struct action *a = &v->actions->of[i];

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

/* Is the code freed before the context can run?  Code in .init.text does not exist at runtime. */
static bool is_freed(const struct link *l, const struct context *n)
{
	return l->p->functions[n->function].flags & FUNC_INIT && n->entry_phase == PHASE_RUNTIME &&
	       !n->unseen;
}

/* A call, number `i` of the actions, in context `at`. */
static void enter_callees(struct visit *v, uint32_t at, uint32_t i, const struct locks_of_entry *e,
			  const struct lockset *sometimes)
{
	const struct action *a = &v->actions->of[i];
	const struct context *from = context_at(v->l, at);
	struct context callee = *from, *n;
	struct delivery *to;
	uint32_t t;

	callee.label = 0;
	callee.parent = at;
	callee.parent_call = a->pt->event->call;
	callee.depth++;
	callee.explored = false;
	callee.doubted |= e->doubted[i];
	callee.sometimes = sometimes;
	callee.against |= a->pt->is->against;
	call_phases_set(v->l, &a->phases, from, a->pt, &callee);
	if (a->runs_in)
		context_set_kind(v->l, &callee, a->runs_in);
	for (t = 0; t < a->ntargets; t++) {
		callee.function = a->targets[t];
		callee.entry = e->passed[i][t].locks;
		callee.bound = e->passed[i][t].bound;
		if (a->callees[t] == NONE || is_freed(v->l, &callee))
			continue;
		to = &v->parcel->deliveries[a->callees[t]];
		n = &to->contexts[to->n++];
		*n = callee;
		context_forget_phases(v->l, n);
	}
}

static void note_write(struct visit *v, uint32_t at, uint32_t i, const struct locks_of_entry *e,
		       const struct lockset *sometimes)
{
	*vec_add(v->writes, v->nwrites, v->writes_cap) = (struct reached_write){
		.context = at,
		.doubted = e->doubted[i],
		.sometimes = sometimes,
		.point = v->actions->of[i].pt,
		.held = e->held[i],
	};
}

static void work_in_context(struct visit *v, uint32_t at)
{
	const struct context *n = context_at(v->l, at);
	const struct locks_of_entry *e = locks_of(v, n);
	bool atomic = model_has(v->l->model, MODEL_INTERRUPT, n->kind);
	const struct lockset *sometimes;
	uint32_t i;

	for (i = 0; i < v->actions->n; i++) {
		const struct action *a = &v->actions->of[i];

		/* Code that sleeps, and code behind it, is unreachable in atomic context. */
		if (atomic && (a->sleeps || a->pt->is->slept))
			continue;
		sometimes = locks_union(v->l, n->sometimes, e->sometimes[i]);
		if (a->writes)
			note_write(v, at, i, e, sometimes);
		if (a->ntargets)
			enter_callees(v, at, i, e, sometimes);
	}
}

/* Makes the parcel, with room for each call in each context. */
static void begin_parcel(struct visit *v)
{
	const struct entered_function *callees = v->actions->callees;
	struct context *room;
	size_t calls = 0;
	uint32_t i;

	for (i = 0; i < v->actions->ncallees; i++)
		calls += callees[i].ncalls;
	v->parcel = parcel_new(v->actions->ncallees, calls * v->ncontexts, &room);
	for (i = 0; i < v->actions->ncallees; i++) {
		v->parcel->deliveries[i] =
			(struct delivery){ .function = callees[i].function, .contexts = room };
		room += callees[i].ncalls * v->ncontexts;
	}
}

/* Takes the contexts that are not explored yet; they count as explored from now on. */
static void take_contexts(struct visit *v)
{
	struct contexts_of *of = &v->l->explorer->of[v->f];
	struct context *n;
	uint32_t at;

	contexts_thin(v->l, v->f);
	for (at = of->todo; at != NONE; at = n->next) {
		n = context_at(v->l, at);
		n->explored = true;
		if (!n->dropped)
			*vec_add(v->contexts, v->ncontexts, v->contexts_cap) = at;
	}
	of->todo = NONE;
}

void visit_work(struct visit *v, struct context_adder *by)
{
	size_t i;

	v->l = by->l;
	deliveries_add(v->arrived, by);
	take_contexts(v);
	if (!v->ncontexts)
		return;
	if (!v->actions->found)
		find_actions(v);
	begin_parcel(v);
	for (i = 0; i < v->ncontexts; i++)
		work_in_context(v, v->contexts[i]);
}

/* --- the turn of a function */

void visit_begin(struct visit *v, struct explorer *x, uint32_t f, struct actions *kept)
{
	v->f = f;
	v->actions = kept ? kept : &v->own;
	v->arrived = inbox_take(x, f);
}

size_t visit_end(struct visit *v, struct explorer *x)
{
	size_t n = v->parcel ? parcel_send(v->parcel, x) : 0, i;

	for (i = 0; i < v->nwrites; i++)
		*vec_add(x->writes, x->nwrites, x->writes_cap) = v->writes[i];
	actions_clear(&v->own);
	arena_clear(&v->arena);
	v->ncontexts = v->nwrites = 0;
	v->locks = NULL;
	v->parcel = NULL;
	return n;
}

void visit_free(struct visit *v)
{
	free(v->contexts);
	free(v->writes);
	actions_free(&v->own);
	arena_free(&v->arena);
}
