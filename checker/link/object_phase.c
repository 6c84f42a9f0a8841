// SPDX-License-Identifier: GPL-2.0-only
/* object_phase.c - the lifecycle phase of the object that a path ends in, in one entry context. */
#include <assert.h>

#include "object_phase.h"
#include "elements.h"
#include "escape.h"
#include "found.h"
#include "fresh.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "on_paths.h"
#include "ownership.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

enum object_phase object_phase_of(uint32_t phase)
{
	return phase == PHASE_SETUP    ? OBJECT_SETUP :
	       phase == PHASE_TEARDOWN ? OBJECT_TEARDOWN :
	       phase == PHASE_RUNTIME  ? OBJECT_RUNTIME :
					 OBJECT_NOT_ASKED;
}

uint32_t lifecycle_phase(enum object_phase phase)
{
	return phase == OBJECT_NOT_ASKED ? PHASE_NEVER :
	       phase == OBJECT_SETUP	 ? PHASE_SETUP :
	       phase == OBJECT_TEARDOWN	 ? PHASE_TEARDOWN :
					   PHASE_RUNTIME;
}

static enum object_phase phase_at(const struct link *l, const struct context *n,
				  const struct path *p, const struct point *pt, int depth);

int definitions_depth(const struct local *v, int depth)
{
	if (v->ndefs > DEFINITIONS_MAX)
		return PHASE_LOCALS_MAX + 1;
	return depth + (v->ndefs > 4 ? 2 : 1);
}

/* The greatest phase of all objects that are assigned to the variable. */
static enum object_phase phase_of_local(const struct link *l, const struct context *n,
					const struct path *p, const struct point *pt, int depth)
{
	const struct local *v = &l->p->functions[n->function].locals[p->index];
	enum object_phase phase = OBJECT_NOT_ASKED, found;
	uint32_t i;

	for (i = 0; i < v->ndefs; i++) {
		struct path def = v->defs[i];

		if (path_traverses(l, &def) || assigns_found(l, n->function, p->index, &def))
			return OBJECT_RUNTIME;
		if (def.root == ROOT_NULL || (def.root == ROOT_LOCAL && def.index == p->index))
			continue;
		if (!def.type)
			def.type = type_before_step(l, p, 0);
		if (depth > PHASE_LOCALS_MAX)
			limit_met(l, LIMIT_PHASE_LOCALS, n->function);
		found = depth > PHASE_LOCALS_MAX ?
				OBJECT_RUNTIME_ASSUMED :
				phase_at(l, n, &def, pt, definitions_depth(v, depth));
		phase = found > phase ? found : phase;
	}
	return phase != OBJECT_NOT_ASKED ? phase : OBJECT_RUNTIME_ASSUMED;
}

static enum object_phase phase_of_call(const struct link *l, const struct context *n,
				       const struct path *p, const struct point *pt)
{
	const struct call *c = &l->p->functions[n->function].calls[p->index];
	struct path root = { .root = ROOT_CALL, .index = p->index };
	int bit = fresh_bit(l, n->function, &root);

	/* Setup continues while others may already use the object. */
	if (bit >= 0 && n->alloc_phase == OBJECT_SETUP && pt->is->exposed >> bit & 1)
		return OBJECT_RUNTIME_EXPOSED;
	if (bit >= 0 && pt->is->published >> bit & 1)
		return n->alloc_phase == OBJECT_RUNTIME ? OBJECT_RUNTIME_EXPOSED : n->alloc_phase;
	if (bit >= 0)
		return pt->is->handed_out >> bit & 1 && n->alloc_phase == OBJECT_RUNTIME ?
			       OBJECT_RUNTIME_ASSUMED :
			       OBJECT_SETUP;
	if (call_has(l, c, MODEL_OWN))
		return OBJECT_RUNTIME_OWN;
	if (call_looks_up(l, n->function, p->index))
		return OBJECT_RUNTIME;
	return OBJECT_RUNTIME_ASSUMED;
}

static enum object_phase phase_of_root(const struct link *l, const struct context *n,
				       const struct path *p, const struct point *pt, int depth)
{
	uint32_t param;

	switch (p->root) {
	case ROOT_PARAM:
		param = p->index;
		if (param >= PARAMS_MAX)
			return OBJECT_RUNTIME_ASSUMED;
		return n->phase[param] == OBJECT_SETUP && pt->is->exposed_params >> param & 1 ?
			       OBJECT_RUNTIME_EXPOSED :
			       n->phase[param];
	case ROOT_STACK:
		return OBJECT_SETUP;
	case ROOT_GLOBAL:
		return n->global_phase;
	case ROOT_LOCAL:
		return phase_of_local(l, n, p, pt, depth);
	case ROOT_CALL:
		return phase_of_call(l, n, p, pt);
	default:
		return OBJECT_RUNTIME_ASSUMED;
	}
}

/* The greatest phase of all objects that f puts into the array of pointers, which is a local variable. */
static enum object_phase phase_of_elements(const struct link *l, const struct context *n,
					   const struct path *array, const struct point *pt,
					   int depth)
{
	enum object_phase phase = OBJECT_NOT_ASKED, found;
	struct element_search at = { 0 };
	const struct path *element;

	while ((element = next_element(l, n->function, array, &at))) {
		if (depth > PHASE_LOCALS_MAX)
			limit_met(l, LIMIT_PHASE_LOCALS, n->function);
		found = depth > PHASE_LOCALS_MAX ?
				OBJECT_RUNTIME_ASSUMED :
				phase_at(l, n, element, pt, depth + ELEMENT_WEIGHT);
		phase = found > phase ? found : phase;
	}
	return phase != OBJECT_NOT_ASKED ? phase : OBJECT_RUNTIME_ASSUMED;
}

/*
 * The phase behind one step from an object in `phase`.  A member and the record around it share
 * the object's phase, and so does an object that was allocated for the one that points to it.
 * Any other pointer, in a member or an array, leads to an object with a life of its own, and a list to
 * another instance.
 */
static enum object_phase phase_after_step(const struct link *l, const struct context *n,
					  const struct path *p, uint32_t i, enum object_phase phase)
{
	const struct step *s = &p->steps[i];

	if (step_traverses(l, s))
		return p->root == ROOT_STACK ? OBJECT_RUNTIME_ASSUMED : OBJECT_RUNTIME;
	if (phase == OBJECT_RUNTIME_OWN && !step_embeds(s))
		return OBJECT_RUNTIME_ASSUMED;
	if (phase == OBJECT_RUNTIME || n->global_phase != OBJECT_RUNTIME)
		return phase;
	if ((s->kind == STEP_PTR && !step_is_owned(l, p, i)) || step_from_element(p, i))
		return OBJECT_RUNTIME_ASSUMED;
	return phase;
}

/* A pointer member of an object. */
struct member_of {
	const struct link *l;
	uint32_t function;
	struct path object;
	str field;
};

/* Does the event store a pointer to a fresh object in the member? */
static bool stores_fresh(void *ctx, const struct event *e)
{
	const struct member_of *m = ctx;
	struct path object;

	if (e->kind != EV_STORE || e->field != m->field || !fresh_only(m->l, m->function, e->src))
		return false;
	object = resolve_path(m->l, m->function, e->obj);
	return same_object(&object, &m->object);
}

/* Does the pointer that step `i` follows lead to an object that the function has made and stored there? */
static bool leads_to_fresh(const struct link *l, uint32_t f, const struct path *p, uint32_t i,
			   const struct point *pt)
{
	struct member_of m = { l, f, *p, p->steps[i].field };

	if (p->steps[i].kind != STEP_PTR || !l->escape[f].nfresh)
		return false;
	m.object.nsteps = i;
	return on_all_ways(&l->p->functions[f], pt->event, stores_fresh, &m);
}

static enum object_phase object_at(const struct link *l, const struct context *n,
				   const struct path *p, const struct point *pt, int depth)
{
	enum object_phase phase = phase_of_root(l, n, p, pt, depth);
	uint32_t i;

	for (i = 0; i < p->nsteps; i++) {
		if (step_from_local_element(p, i))
			phase = phase_of_elements(l, n, p, pt, depth);
		else
			phase = phase_after_step(l, n, p, i, phase);
		if (phase >= OBJECT_RUNTIME_ASSUMED && leads_to_fresh(l, n->function, p, i, pt))
			phase = OBJECT_RUNTIME_EXPOSED;
	}
	/* context_demand.c foresees every phase that a whole path is asked for. */
	assert(depth || phase != OBJECT_NOT_ASKED);
	return phase;
}

static enum object_phase phase_at(const struct link *l, const struct context *n,
				  const struct path *path, const struct point *pt, int depth)
{
	struct path p = resolve_path(l, n->function, path);

	return object_at(l, n, &p, pt, depth);
}

enum object_phase phase_of_path(const struct link *l, const struct context *n,
				const struct path *path, const struct point *pt)
{
	return phase_at(l, n, path, pt, 0);
}

enum object_phase phase_of_object(const struct link *l, const struct context *n,
				  const struct path *resolved, const struct point *pt)
{
	return object_at(l, n, resolved, pt, 0);
}
