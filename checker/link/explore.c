// SPDX-License-Identifier: GPL-2.0-only
/*
 * explore.c - from the entry points down the calls to every write of a unit.
 *
 * A node is a function in one entry context: who calls (work, irq, syscall...),
 * the lifecycle phase of each parameter's object, and the locks held at entry,
 * in the function's own frame.  Nodes that differ are kept apart, so a helper
 * that is called unlocked in probe and locked in ioctl is locked at runtime,
 * and the chain that made a node is a true call path with exactly its locks.
 * Nodes that make others superfluous: context.c.  Functions are explored callers first
 * where there is no cycle, so that a function's contexts are all there by then.
 */
#include "explore.h"
#include "callgraph.h"
#include "context_demand.h"
#include "entries.h"
#include "kernel/linuxmodel.h"
#include "lock_effects.h"
#include "lock_intern.h"
#include "object_phase.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* --- exploring a function */

/* A point of the function that writes, or calls what does. */
struct place {
	const struct point *pt;
	bool writes;
	uint32_t first,
		last;	/* relevant targets of the call: callgraph_node.targets[first..last - 1] */
	uint16_t needs; /* of any of them */
	const struct entry_rule *rule; /* for the slot called */
	str runs_in;		       /* another context, or 0 */
	bool sleeps;
	int sets_up, takes_down; /* arguments whose life begins, or ends, in it; or -1 */
	int stops;		 /* a task that stands still meanwhile, or -1 */
	const struct path *args[PARAMS_MAX]; /* resolved, those that are needed */
};

/* The locks at each place for one set of locks at entry: held, and in a callee's frame. */
struct plan {
	const struct lockset *entry;
	const struct lockset **held, **passed;
	bool *doubted; /* some of the ways there hold another lock */
	struct plan *next;
};

struct visit {
	struct explorer *x;
	uint32_t f;
	const struct callgraph_node *calls;
	const struct function_locks *locks;
	struct place *places;
	size_t n, cap;
	struct plan *plans;
	struct arena arena; /* what goes with the visit */
};

/* What a lock API does inside is the lock's own business; so it is with what the model says so of. */
static bool is_opaque(const struct link *l, const struct call *c)
{
	return c->kind == CALLEE_DIRECT &&
	       (model_lock(l->model, str_unqualified(c->name)) || call_has(l, c, MODEL_OPAQUE));
}

static const struct call *call_at(const struct visit *v, const struct place *place)
{
	return &v->x->l->p->functions[v->f].calls[place->pt->event->call];
}

static const struct path *resolved(struct visit *v, const struct path *arg)
{
	struct path p = resolve_path(v->x->l, v->f, arg);

	return arena_copy(&v->arena, &p, sizeof(p));
}

static void place_call(struct visit *v, struct place *place)
{
	const struct link *l = v->x->l;
	const struct call *c = call_at(v, place);
	uint32_t call = place->pt->event->call, t, i;

	place->sets_up = place->takes_down = place->stops = -1;
	place->sleeps = call_sleeps(l, v->f, call);
	place->writes = call_overwrites(l, c);
	place->rule = rule_of_call(l, c);
	if (is_opaque(l, c))
		return;
	if (c->kind == CALLEE_DIRECT) {
		str name = str_unqualified(c->name);

		place->runs_in = model_context(l->model, MODEL_RUNS, name);
		place->sets_up = model_argument(l->model, MODEL_SETUP, name);
		place->takes_down = model_argument(l->model, MODEL_TEARDOWN, name);
		place->stops = model_argument(l->model, MODEL_STOPPED, name);
	}
	place->first = v->calls->first_target[call];
	place->last = v->calls->first_target[call + 1];
	for (t = place->first; t < place->last; t++)
		place->needs |=
			l->relevant[v->calls->targets[t]] ? l->demand[v->calls->targets[t]] : 0;
	if (place->rule && place->rule->owner >= 0 && place->rule->owner < PARAMS_MAX)
		place->needs &= (uint16_t)~(1 << place->rule->owner);
	for (i = 0; i < PARAMS_MAX && i < c->nargs; i++)
		if (place->needs >> i & 1)
			place->args[i] = resolved(v, c->args[i]);
}

static bool calls_relevant(const struct visit *v, const struct place *place)
{
	uint32_t t;

	for (t = place->first; t < place->last; t++)
		if (v->x->l->relevant[v->calls->targets[t]])
			return true;
	return false;
}

static void find_places(struct visit *v)
{
	uint32_t i;

	for (i = 0; i < v->locks->npoints; i++) {
		struct place place = { .pt = &v->locks->points[i] };

		if (place.pt->event->kind == EV_CALL)
			place_call(v, &place);
		else
			place.writes = true;
		if (place.writes || calls_relevant(v, &place))
			*vec_add(v->places, v->n, v->cap) = place;
	}
}

/*
 * A lock of an object that was not passed here is not one reached from what was.  Not surely: by what is
 * called if one of several is, or of an instance that is not known.
 */
static bool released(const struct function_locks *locks, const struct point *pt,
		     const struct lock *e, bool surely)
{
	uint64_t bits = pt->released | (e->mode == MODE_SHARED ? pt->released_shared : 0);
	uint32_t i;

	if (surely)
		bits &= ~pt->maybe_released;
	for (i = 0; i < locks->nlocks; i++)
		if (bits >> i & 1 && locks->locks[i]->name == e->name &&
		    (same_object(&locks->locks[i]->path, &e->path) ||
		     (!surely && locks->locks[i]->path.root == ROOT_UNKNOWN)))
			return true;
	return false;
}

/* Locks held at a point of a function that is entered with `entry`. */
static const struct lockset *locks_at(const struct visit *v, const struct lockset *entry,
				      const struct point *pt)
{
	struct link *l = v->x->l;
	const struct function_locks *locks = v->locks;
	struct lockset s = { 0 };
	struct lock lock;
	uint32_t i;

	for (i = 0; i < entry->n; i++)
		if (!released(locks, pt, entry->locks[i], false))
			lockset_put(&s, entry->locks[i]);
	for (i = 0; i < locks->nlocks; i++) {
		if (!((pt->exclusive | pt->shared) >> i & 1))
			continue;
		lock = *locks->locks[i];
		lock.mode = pt->exclusive >> i & 1 ? MODE_EXCLUSIVE : MODE_SHARED;
		if (!lock.name)
			lock.name = l->p->functions[v->f].params[lock.path.index].name;
		if (lock.name && lock.path.root != ROOT_STACK)
			lockset_add(l, &s, &lock);
	}
	return lockset_intern(l, &s);
}

/* ... and in the frame of what is called there. */
static const struct lockset *locks_passed(const struct visit *v, const struct call *c,
					  const struct lockset *held)
{
	struct link *l = v->x->l;
	struct lockset s = { 0 };
	uint32_t i;

	for (i = 0; i < held->n; i++) {
		struct lock lock = *held->locks[i];

		if (!express_path(l, v->f, c, &held->locks[i]->path, &lock.path))
			lock.path = (struct path){ .root = ROOT_UNKNOWN };
		lockset_add(l, &s, &lock);
	}
	return lockset_intern(l, &s);
}

/* Does a release that need not happen, or need not be of it, take a lock of the entry away? */
static bool loses_maybe(const struct function_locks *locks, const struct lockset *entry,
			const struct point *pt)
{
	uint32_t i;

	for (i = 0; i < entry->n; i++)
		if (released(locks, pt, entry->locks[i], false) &&
		    !released(locks, pt, entry->locks[i], true))
			return true;
	return false;
}

static struct plan *plan_for(struct visit *v, const struct lockset *entry)
{
	struct plan *p;
	size_t i;

	for (p = v->plans; p; p = p->next)
		if (p->entry == entry)
			return p;
	p = arena_alloc(&v->arena, sizeof(*p));
	p->entry = entry;
	p->held = arena_alloc(&v->arena, v->n * sizeof(*p->held));
	p->passed = arena_alloc(&v->arena, v->n * sizeof(*p->passed));
	p->doubted = arena_alloc(&v->arena, v->n * sizeof(*p->doubted));
	for (i = 0; i < v->n; i++) {
		const struct place *place = &v->places[i];

		p->held[i] = locks_at(v, entry, place->pt);
		p->doubted[i] = place->pt->sometimes_locked ||
				loses_maybe(v->locks, entry, place->pt);
		if (place->first != place->last)
			p->passed[i] = locks_passed(v, call_at(v, place), p->held[i]);
	}
	p->next = v->plans;
	v->plans = p;
	return p;
}

/* Functions in which an object's life begins, or ends, or a task stands still, whoever calls them. */
static void phases_by_callee(const struct place *place, struct context *n)
{
	if (place->sets_up >= 0 && place->sets_up < PARAMS_MAX)
		n->phase[place->sets_up] = OBJECT_SETUP;
	if (place->takes_down >= 0 && place->takes_down < PARAMS_MAX)
		n->phase[place->takes_down] = OBJECT_TEARDOWN;
	if (place->stops >= 0 && place->stops < PARAMS_MAX &&
	    n->phase[place->stops] >= OBJECT_RUNTIME_ASSUMED)
		n->phase[place->stops] = OBJECT_RUNTIME_OWN;
}

/* Code that is thrown away after start-up is not there any more at run time. */
static bool is_gone(const struct link *l, const struct context *n)
{
	return l->p->functions[n->function].flags & FUNC_INIT && n->entry_phase == PHASE_RUNTIME &&
	       !n->unseen;
}

static void follow_call(const struct visit *v, uint32_t from, const struct place *place,
			const struct lockset *passed, bool doubted)
{
	struct link *l = v->x->l;
	const struct call *c = call_at(v, place);
	const struct entry_rule *rule = place->rule;
	struct context callee = v->x->contexts[from], n;
	uint32_t i, t;

	callee.label = 0;
	callee.parent = from;
	callee.parent_call = place->pt->event->call;
	callee.depth++;
	callee.dropped = false;
	callee.entry = passed;
	for (i = 0; i < PARAMS_MAX; i++) {
		callee.phase[i] = OBJECT_RUNTIME;
		if (i < c->nargs && place->needs >> i & 1)
			callee.phase[i] = phase_of_object(l, &v->x->contexts[from], place->args[i],
							  place->pt);
	}
	callee.sometimes |= doubted;
	phases_by_callee(place, &callee);
	if (place->runs_in)
		context_enter(l, &callee, place->runs_in);
	if (rule) {
		if (rule->owner >= 0 && rule->owner < PARAMS_MAX)
			callee.phase[rule->owner] = (uint8_t)object_phase_of(rule->phase);
		callee.alloc_phase = rule->phase == PHASE_SETUP ? OBJECT_SETUP : OBJECT_RUNTIME;
	}
	for (t = place->first; t < place->last; t++) {
		n = callee;
		n.function = v->calls->targets[t];
		if (l->relevant[n.function] && !is_gone(l, &n))
			context_add(v->x, &n);
	}
}

static void note_write(struct explorer *x, uint32_t at, const struct point *pt,
		       const struct plan *p, size_t i)
{
	*vec_add(x->writes, x->nwrites, x->writes_cap) = (struct reached_write){
		.context = at,
		.sometimes_locked = p->doubted[i],
		.point = pt,
		.held = p->held[i],
	};
}

static void explore_node(struct visit *v, uint32_t at)
{
	const struct plan *p = plan_for(v, v->x->contexts[at].entry);
	bool interrupts = model_has(v->x->l->model, MODEL_INTERRUPT, v->x->contexts[at].context);
	size_t i;

	for (i = 0; i < v->n; i++) {
		const struct place *place = &v->places[i];

		/* Nothing waits there: a condition on the way is not true. */
		if (interrupts && (place->sleeps || place->pt->slept))
			continue;
		if (place->writes)
			note_write(v->x, at, place->pt, p, i);
		if (place->first != place->last)
			follow_call(v, at, place, p->passed[i], p->doubted[i]);
	}
}

static void visit_end(struct visit *v)
{
	free(v->places);
	arena_free(&v->arena);
}

/* A function that calls itself may get more while this goes on. */
static void explore_function(struct explorer *x, uint32_t f)
{
	struct visit v = { .x = x, .f = f, .calls = &x->l->callgraph[f], .locks = &x->l->locks[f] };
	struct contexts_of *of = &x->of[f];
	uint32_t at;

	if (of->todo == NONE)
		return;
	find_places(&v);
	while (of->todo != NONE) {
		at = of->todo;
		of->todo = x->contexts[at].next;
		if (!x->contexts[at].dropped)
			explore_node(&v, at);
	}
	visit_end(&v);
}

static void explorer_run(struct explorer *x)
{
	struct link *l = x->l;
	size_t n = l->p->nfunctions;

	while (x->nwaiting) {
		size_t at = x->at;
		uint64_t *word = &x->waiting[at / 64];

		if (!(*word >> at % 64)) {
			x->at = (at | 63) + 1;
			continue;
		}
		x->at++;
		if (!(*word >> at % 64 & 1))
			continue;
		*word &= ~(UINT64_C(1) << at % 64);
		x->nwaiting--;
		explore_function(x, l->bottom_up[n - 1 - at]);
	}
}

void contexts_explore(struct link *l)
{
	struct explorer *x = l->explorer = arena_alloc(l->arena, sizeof(*x));
	size_t unseen = 0;

	explorer_begin(x, l);
	entries_known(l, x);
	explorer_run(x);
	while (entries_unseen(l, x, &unseen))
		explorer_run(x);
}

void contexts_free(struct link *l)
{
	explorer_end(l->explorer);
	l->explorer = NULL;
}
