// SPDX-License-Identifier: GPL-2.0-only
/* object_phase.c - the lifecycle phase of the object that a path ends in, in one entry context. */
#include <assert.h>

#include "object_phase.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "ownership.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

static uint8_t worse(uint8_t a, uint8_t b)
{
	static const uint8_t order[] = { [PHASE_SETUP] = 1,
					 [PHASE_TEARDOWN] = 2,
					 [PHASE_RUNTIME | PHASE_OWN] = 3,
					 [PHASE_RUNTIME | PHASE_DOUBT] = 4,
					 [PHASE_RUNTIME] = 5 };

	return order[a] >= order[b] ? a : b;
}

static uint8_t phase_at(const struct link *l, const struct context *n, const struct path *p,
			const struct point *pt, int depth);

int definitions_depth(const struct local *v, int depth)
{
	if (v->ndefs > DEFINITIONS_MANY)
		return PHASE_DEPTH + 1;
	return depth + (v->ndefs > 4 ? 2 : 1);
}

static uint8_t phase_of_local(const struct link *l, const struct context *n, const struct path *p,
			      const struct point *pt, int depth)
{
	const struct local *v = &l->p->functions[n->function].locals[p->index];
	uint8_t phase = 0, def;
	uint32_t i;

	for (i = 0; i < v->ndefs; i++) {
		if (path_traverses(l, &v->defs[i]))
			return PHASE_RUNTIME;
		if (v->defs[i].root == ROOT_NULL ||
		    (v->defs[i].root == ROOT_LOCAL && v->defs[i].index == p->index))
			continue;
		def = depth > PHASE_DEPTH ?
			      PHASE_RUNTIME | PHASE_DOUBT :
			      phase_at(l, n, &v->defs[i], pt, definitions_depth(v, depth));
		phase = worse(phase, def);
	}
	return phase ? phase : PHASE_RUNTIME | PHASE_DOUBT;
}

static uint8_t phase_of_call(const struct link *l, const struct context *n, const struct path *p,
			     const struct point *pt)
{
	const struct call *c = &l->p->functions[n->function].calls[p->index];
	struct path root = { .root = ROOT_CALL, .index = p->index };
	int bit = fresh_bit(l, n->function, &root);

	if (bit >= 0)
		return pt->published >> bit & 1 ? n->alloc_phase :
		       pt->handed_out >> bit & 1 && n->alloc_phase == PHASE_RUNTIME ?
						  PHASE_RUNTIME | PHASE_DOUBT :
						  PHASE_SETUP;
	if (c->kind == CALLEE_DIRECT && linuxmodel_is_own(l->model, str_unqualified(c->name)))
		return PHASE_RUNTIME | PHASE_OWN;
	if (c->kind == CALLEE_DIRECT && linuxmodel_is_lookup(l->model, str_unqualified(c->name)))
		return PHASE_RUNTIME;
	return PHASE_RUNTIME | PHASE_DOUBT;
}

/*
 * Phase of the object a path ends in.  Embedding keeps the phase, and so does a
 * pointer to an object allocated for its holder; another pointer leads to an
 * object with a life of its own, and a list to another instance.
 */
static uint8_t object_at(const struct link *l, const struct context *n, const struct path *p,
			 const struct point *pt, int depth)
{
	uint8_t phase;
	uint32_t i;

	switch (p->root) {
	case ROOT_PARAM:
		phase = n->phase[p->index < CONTEXT_PARAMS ? p->index : CONTEXT_PARAMS - 1];
		break;
	case ROOT_STACK:
		phase = PHASE_SETUP;
		break;
	case ROOT_GLOBAL:
		phase = n->global_phase;
		break;
	case ROOT_LOCAL:
		phase = phase_of_local(l, n, p, pt, depth);
		break;
	case ROOT_CALL:
		phase = phase_of_call(l, n, p, pt);
		break;
	default:
		phase = PHASE_RUNTIME | PHASE_DOUBT;
	}
	for (i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		if (step_traverses(l, s))
			phase = PHASE_RUNTIME;
		else if (phase & PHASE_OWN && !step_embeds(s))
			phase = PHASE_RUNTIME | PHASE_DOUBT;
		else if (s->kind == STEP_PTR && phase != PHASE_RUNTIME && !field_is_owned(l, s) &&
			 n->global_phase == PHASE_RUNTIME)
			phase = PHASE_RUNTIME | PHASE_DOUBT;
	}
	/* Asked for what context_demand.c did not foresee?  What a step above replaces does not count. */
	assert(depth || phase != PHASE_NEVER);
	return phase;
}

static uint8_t phase_at(const struct link *l, const struct context *n, const struct path *path,
			const struct point *pt, int depth)
{
	struct path p = resolve_path(l, n->function, path);

	return object_at(l, n, &p, pt, depth);
}

uint8_t phase_of_path(const struct link *l, const struct context *n, const struct path *path,
		      const struct point *pt)
{
	return phase_at(l, n, path, pt, 0);
}

uint8_t phase_of_object(const struct link *l, const struct context *n, const struct path *resolved,
			const struct point *pt)
{
	return object_at(l, n, resolved, pt, 0);
}
