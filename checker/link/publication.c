// SPDX-License-Identifier: GPL-2.0-only
/* publication.c - which objects other code can reach at a point, and which it may already use. */
#include "publication.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "resolve.h"
#include "rules.h"

/* Can others reach the object that a path leads to? */
static bool visible(struct lock_flow *w, const struct path *obj, const struct lock_state *s)
{
	uint64_t set = fresh_only(w->l, w->f, obj);

	return !set || (s->published | s->handed_out) & set;
}

/*
 * Where the callees of a call publish argument `a`, as in escape.into: only those in headers, or
 * only the others.  A helper in a header acts for its caller; another function may store a pointer
 * for its own use, long before others can reach the object.
 */
static uint64_t callees_publish(const struct lock_flow *w, uint32_t call, uint32_t a,
				bool in_header)
{
	uint64_t into = 0;
	uint32_t t, n;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	for (t = 0; t < n; t++)
		if (!(w->l->p->functions[targets[t]].flags & FUNC_HEADER) == !in_header)
			into |= a < PARAMS_MAX ? w->l->escape[targets[t]].into[a] : INTO_WORLD;
	return into;
}

/* Is one of the objects in the set `into` (see INTO_WORLD) visible? */
static bool reaches_world(struct lock_flow *w, const struct lock_state *s, uint32_t call,
			  uint64_t into)
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

/*
 * Others can reach the objects, and what was stored in them.  An object that has to be registered first
 * stays private even if it is stored in a shared one.
 */
static void publish_fresh(const struct lock_flow *w, struct lock_state *s, uint64_t set)
{
	uint32_t i;

	set = fresh_closure(w->escape, set, s->stored);
	for (i = 0; i < w->escape->nfresh; i++)
		if (set >> i & 1 &&
		    call_has(w->l, &w->fn->calls[w->escape->fresh[i]], MODEL_UNREGISTERED)) {
			set &= ~(UINT64_C(1) << i);
			s->handed_out |= UINT64_C(1) << i;
		}
	s->published |= set;
}

static void hand_out(const struct lock_flow *w, struct lock_state *s, uint64_t set)
{
	s->handed_out |= fresh_closure(w->escape, set, s->stored);
}

/* Notes that others may use the objects. */
static void expose(const struct lock_flow *w, struct lock_state *s, const struct path *obj)
{
	struct origins o = fresh_origins(w->l, w->f, obj);

	s->exposed |= fresh_closure(w->escape, o.fresh, s->stored);
	if (obj->root == ROOT_PARAM && obj->index < PARAMS_MAX)
		s->exposed_params |= UINT64_C(1) << obj->index;
}

/*
 * A function that was not analysed, and of which the model says nothing, may store the object anywhere;
 * pointers to a part of it, such as a lock or a buffer, are seldom kept.
 */
static bool is_unknown_callee(const struct lock_flow *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	uint32_t n;

	call_targets(w->l, w->f, call, &n);
	return !n && c->kind == CALLEE_DIRECT &&
	       !model_mentions(w->l->model, str_unqualified(c->name));
}

/* What argument `a` holds is copied to another one. */
static void publish_copy(struct lock_flow *w, struct lock_state *s, uint32_t call, uint32_t a)
{
	uint32_t to;
	uint64_t set = fresh_copied(w->l, w->f, call, a, &to);
	struct path obj;

	if (!set)
		return;
	obj = resolve_path(w->l, w->f, w->fn->calls[call].args[to]);
	s->stored |= set;
	if (visible(w, &obj, s))
		publish_fresh(w, s, set);
}

static void publish_arg(struct lock_flow *w, struct lock_state *s, uint32_t call, uint32_t a)
{
	const struct call *c = &w->fn->calls[call];
	uint64_t set = fresh_origins(w->l, w->f, c->args[a]).fresh;
	struct path arg = resolve_path(w->l, w->f, c->args[a]);
	uint32_t n;

	if (call_exposes(w->l, w->f, call, a))
		expose(w, s, &arg);
	if (!set)
		return;
	call_targets(w->l, w->f, call, &n);
	if (call_argument(w->l, c, MODEL_PUBLISH) == (int)a ||
	    call_argument(w->l, c, MODEL_EXPOSE) == (int)a || (n && a >= PARAMS_MAX) ||
	    reaches_world(w, s, call, callees_publish(w, call, a, true)))
		publish_fresh(w, s, set);
	if (reaches_world(w, s, call, callees_publish(w, call, a, false)) ||
	    (!arg.nsteps && is_unknown_callee(w, call)))
		hand_out(w, s, set);
	if (callees_publish(w, call, a, true) | callees_publish(w, call, a, false))
		s->stored |= set;
}

/* The result was stored in the object of an argument. */
static void publish_result(struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	const struct path result = { .root = ROOT_CALL, .index = call };
	uint64_t set = fresh_only(w->l, w->f, &result);
	uint32_t t, n;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	for (t = 0; set && t < n; t++) {
		uint64_t into = w->l->escape[targets[t]].result_into;

		if (into)
			s->stored |= set;
		if (reaches_world(w, s, call, into))
			publish_fresh(w, s, set);
	}
}

/* Does no state change over the call, as it is passed and returns nothing that is followed? */
static bool publishes_nothing(struct lock_flow *w, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	const struct path result = { .root = ROOT_CALL, .index = call };
	uint32_t a, to;

	if (fresh_only(w->l, w->f, &result))
		return false;
	for (a = 0; a < c->nargs; a++)
		if (call_exposes(w->l, w->f, call, a) ||
		    fresh_origins(w->l, w->f, c->args[a]).fresh ||
		    fresh_copied(w->l, w->f, call, a, &to))
			return false;
	return true;
}

/* The answer is kept: it is the same in all states. */
static bool is_quiet(struct lock_flow *w, uint32_t call)
{
	enum { UNKNOWN, QUIET, LOUD };

	if (!w->quiet)
		w->quiet = xcalloc(w->fn->ncalls, sizeof(*w->quiet));
	if (w->quiet[call] == UNKNOWN)
		w->quiet[call] = publishes_nothing(w, call) ? QUIET : LOUD;
	return w->quiet[call] == QUIET;
}

void publish_args(struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	uint32_t a;

	if (is_quiet(w, call))
		return;
	for (a = 0; a < w->fn->calls[call].nargs; a++) {
		publish_arg(w, s, call, a);
		publish_copy(w, s, call, a);
	}
	publish_result(w, s, call);
}

void publish_store(struct lock_flow *w, struct lock_state *s, const struct event *e)
{
	struct path src = resolve_path(w->l, w->f, e->src), obj;
	uint64_t set = fresh_origins(w->l, w->f, &src).fresh;

	obj = resolve_path(w->l, w->f, e->obj);
	if (obj.root == ROOT_GLOBAL)
		expose(w, s, &src);
	s->stored |= set;
	if (set && visible(w, &obj, s))
		publish_fresh(w, s, set & ~fresh_only(w->l, w->f, &obj));
}

/*
 * Are the calls one expression, as alternatives of a macro, that gives a variable its value?  Then what one
 * of them made before is no longer in the variable when the other one is made.
 */
static bool are_alternatives(const struct call *a, const struct call *b)
{
	return a == b || (a->dst != NONE && a->dst == b->dst && a->loc.file == b->loc.file &&
			  a->loc.line == b->loc.line && a->loc.col == b->loc.col);
}

void unpublish_result(const struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	const struct call *calls = w->fn->calls;
	uint32_t i;

	for (i = 0; i < w->escape->nfresh; i++)
		if (are_alternatives(&calls[w->escape->fresh[i]], &calls[call])) {
			s->published &= ~(UINT64_C(1) << i);
			s->handed_out &= ~(UINT64_C(1) << i);
			s->exposed &= ~(UINT64_C(1) << i);
			s->stored &= ~(UINT64_C(1) << i);
		}
}
