// SPDX-License-Identifier: GPL-2.0-only
/* resolve.c - follow access paths through variables and calls. */
#include "resolve.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "path.h"
#include "rules.h"

static struct path resolve_at(const struct link *l, uint32_t f, const struct path *p, int depth);

/* path_concat() of paths in the frame of f. */
static struct path concat(const struct link *l, uint32_t f, const struct path *base,
			  const struct path *p)
{
	struct path out = path_concat(base, p);

	if (out.root == ROOT_UNKNOWN && base->root != ROOT_UNKNOWN)
		limit_met(l, LIMIT_PATH_STEPS, f);
	return out;
}

/*
 * The pointer that the variable holds, if `p` is the address of one: a callee reaches what it points to
 * by a DEREF step.
 */
static bool variable_value(const struct link *l, uint32_t f, const struct path *p,
			   struct path *value)
{
	if (p->root != ROOT_STACK || p->nsteps || !l->p->functions[f].locals[p->index].ndefs)
		return false;
	*value = (struct path){ .root = ROOT_LOCAL, .index = p->index };
	return true;
}

/* The index of the callee in the frame of the caller; what only the callee knows is another. */
static str index_to_caller(const struct call *call, str index)
{
	const struct path *arg;
	unsigned long param;

	if (*str_get(index) != 'p')
		return *str_get(index) == 'v' ? 0 : index;
	param = strtoul(str_get(index) + 1, NULL, 10);
	arg = param < call->nargs ? call->args[param] : &path_none;
	if (arg->root == ROOT_NULL)
		return arg->name;
	return arg->root == ROOT_PARAM && !arg->nsteps ? str_printf("p%u", arg->index) : 0;
}

static void indexes_to_caller(const struct call *call, struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_INDEX)
			p->steps[i].record = index_to_caller(call, p->steps[i].record);
}

static struct path substitute_at(const struct link *l, uint32_t f, const struct call *call,
				 const struct path *inner, int depth)
{
	struct path base, value, rest = *inner;

	if (inner->root == ROOT_GLOBAL || inner->root == ROOT_FUNC || inner->root == ROOT_FORMER)
		return *inner;
	if (inner->root != ROOT_PARAM || inner->index >= call->nargs)
		return path_untracked(inner->type);
	indexes_to_caller(call, &rest);
	base = resolve_at(l, f, call->args[inner->index], depth);
	if (inner->nsteps && inner->steps[0].kind == STEP_DEREF &&
	    variable_value(l, f, &base, &value)) {
		memmove(rest.steps, rest.steps + 1, --rest.nsteps * sizeof(rest.steps[0]));
		base = resolve_at(l, f, &value, depth);
	}
	return concat(l, f, &base, &rest);
}

/* Stores in *out what the path `p`, rooted in a call's result, is; false if that is not known. */
static bool resolve_call(const struct link *l, uint32_t f, const struct path *p, int depth,
			 struct path *out)
{
	const struct call *c = &l->p->functions[f].calls[p->index];
	int arg = call_argument(l, c, MODEL_GETTER);
	const struct path *returned;
	uint32_t t;

	if (arg >= 0) {
		static const struct step private = { .kind = STEP_PRIVATE };
		struct path object = resolve_at(l, f, c->args[arg], depth);

		if (!path_append(&object, &private))
			limit_met(l, LIMIT_PATH_STEPS, f);
		object.type = 0;
		*out = concat(l, f, &object, p);
		return true;
	}
	if (call_has(l, c, MODEL_ALLOC) || call_has(l, c, MODEL_LOOKUP) ||
	    call_has(l, c, MODEL_OWN))
		return false;
	t = only_target(l, f, p->index);
	returned = t == NONE ? NULL : returned_path(l, t);
	if (!returned)
		return false;
	*out = substitute_at(l, f, c, returned, depth);
	*out = concat(l, f, out, p);
	return true;
}

/* The same for a path rooted in a variable: all its definitions must be one object. */
static bool resolve_local(const struct link *l, uint32_t f, const struct path *p, int depth,
			  struct path *out)
{
	const struct local *v = &l->p->functions[f].locals[p->index];
	struct path first = { 0 }, def;
	bool any = false;
	uint32_t i;

	if (v->distinct)
		return false;
	if (v->ndefs > DEFINITIONS_MAX && depth > 1) {
		limit_met(l, LIMIT_DEFINITIONS, f);
		return false;
	}
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (v->defs[i].root == ROOT_LOCAL && v->defs[i].index == p->index)
			return false; /* p = p->next */
		def = resolve_at(l, f, &v->defs[i], depth);
		if (def.root == ROOT_UNKNOWN || def.root == ROOT_LOCAL)
			return false;
		if (any && !same_object(&first, &def))
			return false;
		first = def;
		any = true;
	}
	if (any)
		*out = concat(l, f, &first, p);
	return any;
}

/* Is the path rooted in a variable or a call that may stand for another object? */
static bool leads_on(const struct link *l, uint32_t f, const struct path *p)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t t;

	if (p->root == ROOT_LOCAL)
		return fn->locals[p->index].ndefs;
	if (p->root != ROOT_CALL)
		return false;
	t = only_target(l, f, p->index);
	return call_argument(l, &fn->calls[p->index], MODEL_GETTER) >= 0 ||
	       (t != NONE && returned_path(l, t));
}

static struct path resolve_at(const struct link *l, uint32_t f, const struct path *p, int depth)
{
	struct path out;

	if (depth >= RESOLVE_DEPTH_MAX) {
		if (leads_on(l, f, p))
			limit_met(l, LIMIT_RESOLVE_DEPTH, f);
		return *p;
	}
	if (p->root == ROOT_CALL && resolve_call(l, f, p, depth + 1, &out))
		return resolve_at(l, f, &out, depth + 1);
	if (p->root == ROOT_LOCAL && resolve_local(l, f, p, depth + 1, &out))
		return out;
	return *p;
}

struct path resolve_path(const struct link *l, uint32_t f, const struct path *p)
{
	return resolve_at(l, f, p, 0);
}

struct path argument_object(const struct link *l, uint32_t f, const struct path *arg)
{
	struct path p = resolve_path(l, f, arg), value;
	const struct local *v;
	uint32_t i;

	if (!variable_value(l, f, &p, &value))
		return p;
	v = &l->p->functions[f].locals[value.index];
	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i].root != ROOT_NULL && v->defs[i].root != ROOT_UNKNOWN)
			return resolve_path(l, f, &value);
	return p; /* the callee fills it in */
}

struct path substitute_path(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *inner)
{
	return substitute_at(l, f, call, inner, 0);
}

/*
 * Stores in *inner the way from argument `index`, the object `arg` (by_address: the address of a
 * variable that points to it), to the object `outer`: out of the records that `arg` is embedded in,
 * then in to `outer`.  False if that needs a pointer back, or (and sets *cut) if it takes too many steps.
 */
static bool express_from(const struct path *arg, bool by_address, uint32_t index,
			 const struct path *outer, struct path *inner, bool *cut)
{
	static const struct step deref = { .kind = STEP_DEREF };
	uint32_t k, i;

	if (!same_root(arg, outer))
		return false;
	k = common_steps(arg, outer);
	*inner = (struct path){ .root = ROOT_PARAM, .index = index, .type = outer->type };
	if (by_address)
		path_append(inner, &deref);
	for (i = arg->nsteps; i > k; i--) {
		struct step up = arg->steps[i - 1];

		if (!step_invert(&up))
			return false;
		*cut |= !path_append(inner, &up);
	}
	for (i = k; i < outer->nsteps; i++) {
		struct step down = outer->steps[i];

		if (step_varies(&down))
			down.record = 0;
		*cut |= !path_append(inner, &down);
	}
	return inner->root == ROOT_PARAM;
}

/* express_path() by way of argument `a` alone; sets *cut if that takes too many steps. */
static bool express_by(const struct link *l, uint32_t f, const struct call *call, uint32_t a,
		       const struct path *outer, struct path *inner, bool *cut)
{
	struct path arg = resolve_path(l, f, call->args[a]), value;
	bool by_address = variable_value(l, f, &arg, &value);

	if (by_address)
		arg = resolve_path(l, f, &value);
	return express_from(&arg, by_address, a, outer, inner, cut);
}

bool express_through(const struct link *l, uint32_t f, const struct call *call, uint32_t arg,
		     const struct path *outer, struct path *inner)
{
	bool cut = false;

	if (express_by(l, f, call, arg, outer, inner, &cut))
		return true;
	if (cut)
		limit_met(l, LIMIT_PATH_STEPS, f);
	return false;
}

bool express_path(const struct link *l, uint32_t f, const struct call *call,
		  const struct path *outer, struct path *inner)
{
	struct path best, candidate;
	bool found = false, cut = false;
	uint32_t a;

	if (outer->root == ROOT_GLOBAL || outer->root == ROOT_FORMER) {
		*inner = *outer;
		return true;
	}
	for (a = 0; a < call->nargs; a++) {
		if (!express_by(l, f, call, a, outer, &candidate, &cut))
			continue;
		if (!found || candidate.nsteps < best.nsteps)
			best = candidate;
		found = true;
	}
	if (found)
		*inner = best;
	else if (cut)
		limit_met(l, LIMIT_PATH_STEPS, f);
	return found;
}
