// SPDX-License-Identifier: GPL-2.0-only
/* found.c - objects that are in use: found in a table, or by walking a list or a tree. */
#include "found.h"
#include "callgraph.h"
#include "escape.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

bool call_looks_up(const struct link *l, uint32_t f, uint32_t call)
{
	uint32_t t;

	if (call_has(l, &l->p->functions[f].calls[call], MODEL_LOOKUP))
		return true;
	t = only_target(l, f, call);
	return t != NONE && l->escape[t].return_value == RET_LOOKUP;
}

bool assigns_found(const struct link *l, uint32_t f, uint32_t v, const struct path *def)
{
	const struct escape *e = &l->escape[f];
	uint32_t i;

	for (i = 0; def->root == ROOT_UNKNOWN && i < e->nfound; i++)
		if (e->found[i] == v)
			return true;
	return false;
}

/* A variable is found if all that is assigned to it is, apart from NULL. */
static bool is_found(const struct link *l, uint32_t f, const struct path *p, int depth)
{
	const struct local *v;
	bool any = false;
	uint32_t i;

	if (path_traverses(l, p))
		return true;
	if (!path_embeds(p, 0))
		return false;
	if (p->root == ROOT_CALL)
		return call_looks_up(l, f, p->index);
	if (p->root != ROOT_LOCAL || depth > PHASE_LOCALS_MAX)
		return false;
	v = &l->p->functions[f].locals[p->index];
	for (i = 0; i < v->ndefs; i++) {
		struct path def = resolve_path(l, f, &v->defs[i]);

		if (def.root == ROOT_NULL ||
		    (def.root == ROOT_LOCAL && def.index == p->index && !def.nsteps))
			continue;
		if (!assigns_found(l, f, p->index, &def) && !is_found(l, f, &def, depth + 1))
			return false;
		any = true;
	}
	return any;
}

bool object_is_found(const struct link *l, uint32_t f, const struct path *resolved)
{
	return is_found(l, f, resolved, 0);
}

/* --- through a pointer argument */

enum through { THROUGH_NOTHING, THROUGH_FOUND, THROUGH_OTHER };

static enum through worse(enum through a, enum through b)
{
	return a > b ? a : b;
}

/* What call c stores through its argument a. */
static enum through call_stores(const struct link *l, uint32_t f, uint32_t c, uint32_t a)
{
	uint32_t t = only_target(l, f, c);

	if (t == NONE || a >= PARAMS_MAX)
		return THROUGH_OTHER;
	return l->escape[t].stores_other >> a & 1 ? THROUGH_OTHER :
	       l->escape[t].stores_found >> a & 1 ? THROUGH_FOUND :
						    THROUGH_NOTHING;
}

/* What all calls of f store that are passed the pointer to a pointer, `root` of `index`. */
static enum through calls_store(const struct link *l, uint32_t f, uint32_t root, uint32_t index)
{
	const struct function *fn = &l->p->functions[f];
	enum through out = THROUGH_NOTHING;
	uint32_t c, a;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs; a++)
			if (fn->calls[c].args[a]->root == root &&
			    fn->calls[c].args[a]->index == index && !fn->calls[c].args[a]->nsteps)
				out = worse(out, call_stores(l, f, c, a));
	return out;
}

/* What f stores by `*param = p`. */
static enum through stored_through(const struct link *l, uint32_t f, uint32_t param)
{
	const struct function *fn = &l->p->functions[f];
	enum through out = THROUGH_NOTHING;
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path src;

			if (ev->kind != EV_STORE || ev->field || ev->obj->root != ROOT_PARAM ||
			    ev->obj->index != param || ev->obj->nsteps)
				continue;
			src = resolve_path(l, f, ev->src);
			if (src.root != ROOT_NULL)
				out = worse(out, object_is_found(l, f, &src) ? THROUGH_FOUND :
									       THROUGH_OTHER);
		}
	return out;
}

/* Is the variable of f set by what is passed its address? */
static bool is_set_elsewhere(const struct local *v)
{
	uint32_t i;

	for (i = 0; i < v->ndefs; i++)
		if (v->defs[i].root == ROOT_UNKNOWN)
			return true;
	return false;
}

static void add_found(struct link *l, uint32_t f, uint32_t v)
{
	struct escape *out = &l->escape[f];

	if (!out->found)
		out->found =
			arena_alloc(l->arena, l->p->functions[f].nlocals * sizeof(*out->found));
	out->found[out->nfound++] = v;
}

void found_summarise(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct escape *out = &l->escape[f];
	enum through stores;
	uint32_t i;

	for (i = 0; i < fn->nlocals; i++)
		if (is_set_elsewhere(&fn->locals[i]) &&
		    calls_store(l, f, ROOT_STACK, i) == THROUGH_FOUND)
			add_found(l, f, i);
	for (i = 0; i < fn->nparams && i < PARAMS_MAX; i++) {
		stores = fn->params[i].type || fn->params[i].integer.bits ?
				 THROUGH_NOTHING :
				 worse(stored_through(l, f, i), calls_store(l, f, ROOT_PARAM, i));
		out->stores_found |= (uint32_t)(stores == THROUGH_FOUND) << i;
		out->stores_other |= (uint32_t)(stores == THROUGH_OTHER) << i;
	}
}
