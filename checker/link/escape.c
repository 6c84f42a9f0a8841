// SPDX-License-Identifier: GPL-2.0-only
/*
 * escape.c - escape analysis: which objects a function allocates, what it returns, and where it
 * publishes the objects of its parameters.
 */
#include "escape.h"
#include "broken.h"
#include "callgraph.h"
#include "found.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "threads.h"

/* The object whose publication is tracked in a function. */
struct tracked_object {
	uint32_t param; /* that of this parameter; NONE: a fresh object */
	uint64_t fresh; /* that fresh object, and those that hold a pointer to the object */
};

static bool is_tracked(const struct link *l, uint32_t f, const struct tracked_object *s,
		       const struct path *p)
{
	struct origins o = fresh_origins(l, f, p);

	return o.fresh & s->fresh || (s->param != NONE && o.params >> s->param & 1);
}

/*
 * What is left of `into` if it is not the path of the object itself that was published, but one that holds
 * the object of a parameter: who works with that comes to the object later, if at all.
 */
static uint64_t as_held(const struct link *l, uint32_t f, const struct tracked_object *s,
			const struct path *p, uint64_t into)
{
	bool held = s->param != NONE && !(fresh_origins(l, f, p).params >> s->param & 1);

	return held ? into & ~(INTO_GLOBAL | INTO_USE) : into;
}

/*
 * Where a store into `obj` publishes the tracked object; 0 if nobody can see `obj` yet, which holds the
 * object from then on.
 */
static uint64_t published_into(const struct link *l, uint32_t f, struct tracked_object *s,
			       const struct path *path)
{
	struct path obj = resolve_path(l, f, path);
	struct origins o = fresh_origins(l, f, &obj);

	s->fresh |= o.fresh;
	if (fresh_only(l, f, &obj) || is_tracked(l, f, s, &obj))
		return 0;
	if (obj.root == ROOT_GLOBAL)
		return INTO_WORLD | INTO_GLOBAL;
	if (obj.root != ROOT_PARAM)
		return INTO_WORLD;
	if (obj.index < ARGS_MAX)
		return UINT64_C(1) << obj.index;
	limit_met(l, LIMIT_ARGS, f);
	return INTO_WORLD;
}

static uint64_t store_publishes(const struct link *l, uint32_t f, struct tracked_object *s,
				const struct event *e)
{
	return is_tracked(l, f, s, e->src) ?
		       as_held(l, f, s, e->src, published_into(l, f, s, e->obj)) :
		       0;
}

/* Are the functions in one directory, or is the callee in a header? */
static bool is_near(const struct link *l, uint32_t caller, uint32_t callee)
{
	const char *a = str_get(l->p->functions[caller].loc.file);
	const char *b = str_get(l->p->functions[callee].loc.file);
	const char *slash = strrchr(a, '/');
	size_t n = slash ? (size_t)(slash - a) + 1 : 0;

	if (l->p->functions[callee].flags & FUNC_HEADER)
		return true;
	return !strncmp(a, b, n) && !strchr(b + n, '/');
}

/*
 * Where a callee publishes argument a, as far as it matters to the caller: what other code keeps in
 * its variables may be for its own use, long before the object is set up.
 */
static uint64_t callee_publishes(const struct link *l, uint32_t f, uint32_t callee, uint32_t a)
{
	uint64_t into = l->escape[callee].into[a];

	return is_near(l, f, callee) ? into : into & ~INTO_GLOBAL;
}

bool call_exposes(const struct link *l, uint32_t f, uint32_t c, uint32_t a)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t, n, j;
	const uint32_t *targets = call_targets(l, f, c, &n);

	if (call_argument(l, call, MODEL_EXPOSE) == (int)a || (n && a >= PARAMS_MAX))
		return true;
	for (t = 0; t < n; t++) {
		uint64_t into = callee_publishes(l, f, targets[t], a);

		if (into & (INTO_USE | INTO_GLOBAL))
			return true;
		for (j = 0; j < call->nargs && j < ARGS_MAX; j++)
			if (into >> j & 1 && is_near(l, f, targets[t]) &&
			    resolve_path(l, f, call->args[j]).root == ROOT_GLOBAL)
				return true;
	}
	return false;
}

/* What the bits of `into`, which are parameters of call c, stand for in f. */
static uint64_t published_into_args(const struct link *l, uint32_t f, struct tracked_object *s,
				    uint32_t c, uint64_t into)
{
	const struct call *call = &l->p->functions[f].calls[c];
	const struct path result = { .root = ROOT_CALL, .index = c };
	uint64_t out = into & (INTO_WORLD | INTO_GLOBAL | INTO_USE);
	uint32_t j;

	for (j = 0; j < call->nargs && j < ARGS_MAX; j++)
		if (into >> j & 1)
			out |= published_into(l, f, s, call->args[j]);
	if (into & INTO_RESULT)
		out |= published_into(l, f, s, &result);
	return out;
}

/* The object is argument a of call c. */
static uint64_t argument_published(const struct link *l, uint32_t f, struct tracked_object *s,
				   uint32_t c, uint32_t a)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint64_t out = 0;
	uint32_t t, n;
	const uint32_t *targets = call_targets(l, f, c, &n);

	if (call_argument(l, call, MODEL_PUBLISH) == (int)a)
		out |= INTO_WORLD;
	if (call_argument(l, call, MODEL_EXPOSE) == (int)a)
		out |= INTO_WORLD | INTO_USE;
	if (n && a >= PARAMS_MAX) {
		limit_met(l, LIMIT_PARAMS, f);
		return out | INTO_WORLD | INTO_USE;
	}
	for (t = 0; t < n; t++)
		out |= published_into_args(l, f, s, c, callee_publishes(l, f, targets[t], a));
	return out;
}

static uint64_t call_publishes(const struct link *l, uint32_t f, struct tracked_object *s,
			       uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	const struct path result = { .root = ROOT_CALL, .index = c };
	uint32_t a, t, n, to;
	const uint32_t *targets = call_targets(l, f, c, &n);
	uint64_t out = 0;

	for (a = 0; a < call->nargs; a++) {
		if (is_tracked(l, f, s, call->args[a]))
			out |= as_held(l, f, s, call->args[a], argument_published(l, f, s, c, a));
		if (fresh_copied(l, f, c, a, &to) & s->fresh)
			out |= published_into(l, f, s, call->args[to]);
	}
	for (t = 0; t < n; t++)
		if (l->escape[targets[t]].result_into && is_tracked(l, f, s, &result))
			out |= published_into_args(l, f, s, c, l->escape[targets[t]].result_into);
	return out;
}

/* Does f return the object, or one that holds it? */
static uint64_t result_publishes(const struct link *l, uint32_t f, const struct tracked_object *s)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i;

	for (i = 0; s->fresh && i < fn->nreturns; i++)
		if (fresh_origins(l, f, &fn->returns[i]).fresh & s->fresh)
			return INTO_RESULT;
	return 0;
}

/* The sets into which f publishes the tracked object, at any point. */
static uint64_t publication(const struct link *l, uint32_t f, struct tracked_object s)
{
	const struct function *fn = &l->p->functions[f];
	uint64_t out = 0, fresh;
	uint32_t b, e, c;

	do {
		fresh = s.fresh;
		for (b = 0; b < fn->nblocks; b++)
			for (e = 0; e < fn->blocks[b].nevents; e++)
				if (fn->blocks[b].events[e].kind == EV_STORE)
					out |= store_publishes(l, f, &s, &fn->blocks[b].events[e]);
		for (c = 0; c < fn->ncalls; c++)
			out |= call_publishes(l, f, &s, c);
	} while (s.fresh != fresh);
	return out | result_publishes(l, f, &s);
}

/* Finds a value that all return statements of f agree on, NULL and errors aside. */
static void summarise_return(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct escape *out = &l->escape[f];
	struct path returned = { 0 };
	uint32_t i, kind = RET_NULL;
	uint64_t into = 0;

	for (i = 0; i < fn->nreturns; i++)
		out->returned_params |= fresh_origins(l, f, &fn->returns[i]).params;
	for (i = 0; i < fn->nreturns && kind != RET_UNKNOWN; i++) {
		struct path p = resolve_path(l, f, &fn->returns[i]);
		uint32_t t, this = RET_UNKNOWN;
		uint64_t fresh = fresh_only(l, f, &p);

		t = p.root == ROOT_CALL ? only_target(l, f, p.index) : NONE;
		if (p.root == ROOT_NULL || (t != NONE && l->escape[t].return_value == RET_NULL))
			continue;
		if (fresh && p.root != ROOT_STACK) {
			into |= publication(l, f, (struct tracked_object){ NONE, fresh });
			this = into & INTO_WORLD ? RET_UNKNOWN : RET_FRESH;
		} else if (p.root == ROOT_PARAM || p.root == ROOT_GLOBAL) {
			this = RET_PATH;
		} else if (object_is_found(l, f, &p)) {
			this = RET_LOOKUP;
		}
		if (this == RET_PATH && kind == RET_PATH && !same_object(&p, &returned))
			this = RET_UNKNOWN;
		if (kind != RET_NULL && kind != this)
			this = RET_UNKNOWN;
		kind = this;
		returned = p;
	}
	out->return_value = fn->nreturns ? kind : RET_UNKNOWN;
	if (out->return_value == RET_FRESH)
		out->result_into = into & ~(INTO_GLOBAL | INTO_USE | INTO_RESULT);
	if (out->return_value == RET_PATH)
		out->return_path = arena_copy(l->arena, &returned, sizeof(returned));
}

/* Is an object passed as a parameter beyond PARAMS_MAX? */
static bool has_many_params(const struct function *fn)
{
	uint32_t i;

	for (i = PARAMS_MAX; i < fn->nparams; i++)
		if (fn->params[i].type)
			return true;
	return false;
}

static void summarise_function(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct escape *out = &l->escape[f];
	uint32_t i;

	fresh_find(l, f);
	fresh_find_contents(l, f);
	found_summarise(l, f);
	if (has_many_params(fn))
		limit_met(l, LIMIT_PARAMS, f);
	summarise_return(l, f);
	for (i = 0; i < fn->nparams && i < PARAMS_MAX; i++) {
		out->into[i] = publication(l, f, (struct tracked_object){ .param = i });
		out->exposes |= out->into[i] & (INTO_GLOBAL | INTO_USE);
	}
}

void escape_summarise(struct link *l)
{
	l->escape = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->escape));
	threads_bottom_up(l, NULL, summarise_function);
}

static void check_function(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	const struct escape *e = &l->escape[f];
	uint32_t i;

	if ((e->return_value == RET_PATH) != (e->return_path != NULL))
		broken(l, "escape", f, "it returns a path, and has none");
	if (e->return_path && e->return_path->root != ROOT_GLOBAL &&
	    (e->return_path->root != ROOT_PARAM || e->return_path->index >= fn->nparams))
		broken(l, "escape", f, "the path returned starts at root %u, index %u",
		       e->return_path->root, e->return_path->index);
	for (i = 0; i < e->nfresh; i++)
		if (e->fresh[i] >= fn->ncalls || (i && e->fresh[i] <= e->fresh[i - 1]))
			broken(l, "escape", f, "fresh object %u is the result of call %u", i,
			       e->fresh[i]);
	for (i = 0; i < PARAMS_MAX; i++)
		if (e->into[i] && i >= fn->nparams)
			broken(l, "escape", f, "it publishes parameter %u, and has %u", i,
			       fn->nparams);
}

void escape_check(const struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++)
		check_function(l, f);
}
