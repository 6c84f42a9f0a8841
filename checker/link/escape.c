// SPDX-License-Identifier: GPL-2.0-only
/*
 * escape.c - escape analysis: which objects a function allocates, what it returns, and where it
 * publishes the objects of its parameters.
 */
#include "escape.h"
#include "broken.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* Does the path stay in the object of its root? */
static bool stays_inside(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (!step_embeds(&p->steps[i]) && p->steps[i].kind != STEP_INDEX)
			return false;
	return true;
}

int fresh_bit(const struct link *l, uint32_t f, const struct path *p)
{
	const struct escape *out = &l->escape[f];
	const struct local *v;
	struct path def;
	uint32_t i;
	int bit = -1;

	if (!stays_inside(p))
		return -1;
	for (i = 0; p->root == ROOT_CALL && i < out->nfresh; i++)
		if (out->fresh[i] == p->index)
			return (int)i;
	if (p->root != ROOT_LOCAL)
		return -1;
	v = &l->p->functions[f].locals[p->index];
	if (v->distinct)
		return -1;
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (v->defs[i].root == ROOT_LOCAL)
			return -1;
		def = resolve_path(l, f, &v->defs[i]);
		if (def.root == ROOT_LOCAL)
			return -1;
		bit = fresh_bit(l, f, &def);
		if (bit < 0)
			return -1;
	}
	return bit;
}

static bool call_is_fresh(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t;

	if (call_argument(l, call, MODEL_CREATES) >= 0 || call_has(l, call, MODEL_ALLOC))
		return true;
	t = only_target(l, f, c);
	return t != NONE && l->escape[t].return_value == RET_FRESH;
}

/* The object whose publication is tracked in a function. */
struct tracked_object {
	uint32_t param; /* that of this parameter; NONE: a fresh object */
	int bit;	/* the fresh object, see fresh_bit() */
};

static bool is_tracked(const struct link *l, uint32_t f, const struct tracked_object *s,
		       const struct path *p)
{
	if (s->param == NONE)
		return fresh_bit(l, f, p) == s->bit;
	return p->root == ROOT_PARAM && p->index == s->param;
}

/* Where a store into `obj` publishes the tracked object; 0 if nobody can see `obj`. */
static uint64_t published_into(const struct link *l, uint32_t f, const struct tracked_object *s,
			       const struct path *obj)
{
	if (obj->root == ROOT_STACK || fresh_bit(l, f, obj) >= 0 || is_tracked(l, f, s, obj))
		return 0;
	if (obj->root == ROOT_GLOBAL)
		return INTO_WORLD | INTO_GLOBAL;
	if (obj->root != ROOT_PARAM)
		return INTO_WORLD;
	if (obj->index < ARGS_MAX)
		return UINT64_C(1) << obj->index;
	limit_met(l, LIMIT_ARGS, f);
	return INTO_WORLD;
}

static uint64_t store_publishes(const struct link *l, uint32_t f, const struct tracked_object *s,
				const struct event *e)
{
	struct path src = resolve_path(l, f, e->src), obj;

	if (!is_tracked(l, f, s, &src))
		return 0;
	obj = resolve_path(l, f, e->obj);
	return published_into(l, f, s, &obj);
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

	if (call_argument(l, call, MODEL_EXPOSE) == (int)a)
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

static uint64_t call_publishes(const struct link *l, uint32_t f, const struct tracked_object *s,
			       uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	int published = call_argument(l, call, MODEL_PUBLISH);
	int exposed = call_argument(l, call, MODEL_EXPOSE);
	uint64_t out = 0;
	uint32_t a, j, t, n;
	const uint32_t *targets = call_targets(l, f, c, &n);

	for (a = 0; a < call->nargs && a < PARAMS_MAX; a++) {
		struct path arg = resolve_path(l, f, call->args[a]);

		if (!is_tracked(l, f, s, &arg))
			continue;
		if (published == (int)a)
			out |= INTO_WORLD;
		if (exposed == (int)a)
			out |= INTO_WORLD | INTO_USE;
		for (t = 0; t < n; t++) {
			uint64_t into = callee_publishes(l, f, targets[t], a);

			out |= into & (INTO_WORLD | INTO_GLOBAL | INTO_USE);
			for (j = 0; j < call->nargs && j < ARGS_MAX; j++)
				if (into >> j & 1) {
					struct path other = resolve_path(l, f, call->args[j]);

					out |= published_into(l, f, s, &other);
				}
		}
	}
	return out;
}

/* The sets into which f publishes the tracked object, at any point. */
static uint64_t publication(const struct link *l, uint32_t f, const struct tracked_object *s)
{
	const struct function *fn = &l->p->functions[f];
	uint64_t out = 0;
	uint32_t b, e, c;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_STORE)
				out |= store_publishes(l, f, s, &fn->blocks[b].events[e]);
	for (c = 0; c < fn->ncalls; c++)
		out |= call_publishes(l, f, s, c);
	return out;
}

/* Finds a value that all return statements of f agree on, NULL and errors aside. */
static void summarise_return(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct escape *out = &l->escape[f];
	struct path returned = { 0 };
	uint32_t i, kind = RET_NULL;

	for (i = 0; i < fn->nreturns && kind != RET_UNKNOWN; i++) {
		struct path p = resolve_path(l, f, &fn->returns[i]);
		uint32_t t, this = RET_UNKNOWN;
		int bit = fresh_bit(l, f, &p);

		t = p.root == ROOT_CALL ? only_target(l, f, p.index) : NONE;
		if (p.root == ROOT_NULL || (t != NONE && l->escape[t].return_value == RET_NULL))
			continue;
		if (bit >= 0)
			this = publication(l, f, &(struct tracked_object){ NONE, bit }) &
					       INTO_WORLD ?
				       RET_UNKNOWN :
				       RET_FRESH;
		else if (p.root == ROOT_PARAM || p.root == ROOT_GLOBAL)
			this = RET_PATH;
		if (this == RET_PATH && kind == RET_PATH && !same_object(&p, &returned))
			this = RET_UNKNOWN;
		if (kind != RET_NULL && kind != this)
			this = RET_UNKNOWN;
		kind = this;
		returned = p;
	}
	out->return_value = fn->nreturns ? kind : RET_UNKNOWN;
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
	uint32_t fresh[FRESH_MAX], c, i;

	for (c = 0; c < fn->ncalls; c++) {
		if (!call_is_fresh(l, f, c))
			continue;
		if (out->nfresh == FRESH_MAX) {
			limit_met(l, LIMIT_FRESH, f);
			break;
		}
		fresh[out->nfresh++] = c;
	}
	if (has_many_params(fn))
		limit_met(l, LIMIT_PARAMS, f);
	out->fresh = arena_copy(l->arena, fresh, out->nfresh * sizeof(*fresh));
	summarise_return(l, f);
	for (i = 0; i < fn->nparams && i < PARAMS_MAX; i++) {
		out->into[i] = publication(l, f, &(struct tracked_object){ i, -1 });
		out->exposes |= out->into[i] & (INTO_GLOBAL | INTO_USE);
	}
}

void escape_summarise(struct link *l)
{
	size_t n = l->p->nfunctions, i;

	l->escape = arena_alloc(l->arena, n * sizeof(*l->escape));
	for (i = 0; i < n; i++)
		summarise_function(l, l->bottom_up[i]);
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
