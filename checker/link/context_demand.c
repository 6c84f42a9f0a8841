// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_demand.c - which parts of its entry context a function depends on.
 *
 * A function asks for all that phase_of_path() may read for the objects that it writes, or passes
 * to callees which ask for their phase.  Most parameters lead to no write.
 */
#include "context_demand.h"
#include "broken.h"
#include "callgraph.h"
#include "elements.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "object_phase.h"
#include "resolve.h"
#include "rules.h"
#include "starts.h"
#include "symtab.h"
#include "threads.h"

struct demand_solver {
	struct link *l;
	uint16_t **args; /* by function: what the phase of each argument of its calls depends on */
	size_t own;	 /* of l->bottom_up: the first function that no thread has taken; atomic */
	bool *queued;
	uint32_t *queue; /* functions to look at again: a ring, each in it once at most */
	size_t head, n;
};

static uint16_t demand_of(const struct link *l, uint32_t f, const struct path *path, int depth);

/* (that of phase_of_elements()) */
static uint16_t demand_of_elements(const struct link *l, uint32_t f, const struct path *array,
				   int depth)
{
	struct element_search at = { 0 };
	const struct path *element;
	uint16_t demand = 0;

	while (depth <= PHASE_LOCALS_MAX && (element = next_element(l, f, array, &at)))
		demand |= demand_of(l, f, element, depth + ELEMENT_WEIGHT);
	return demand;
}

/* The phases that the phase of the object `path`, in the frame of f, depends on. */
static uint16_t demand_of(const struct link *l, uint32_t f, const struct path *path, int depth)
{
	struct path p = resolve_path(l, f, path), root = p;
	const struct local *v;
	uint16_t demand = 0;
	uint32_t i;

	root.nsteps = 0;
	switch (p.root) {
	case ROOT_PARAM:
		demand = p.index < PARAMS_MAX ? (uint16_t)(1 << p.index) : 0;
		break;
	case ROOT_GLOBAL:
		demand = DEMAND_GLOBAL;
		break;
	case ROOT_LOCAL:
		v = &l->p->functions[f].locals[p.index];
		for (i = 0; i < v->ndefs && depth <= PHASE_LOCALS_MAX; i++)
			demand |= demand_of(l, f, &v->defs[i], definitions_depth(v, depth));
		break;
	case ROOT_CALL:
		demand = fresh_bit(l, f, &root) >= 0 ? DEMAND_ALLOC : 0;
		break;
	}
	for (i = 0; i < p.nsteps; i++)
		if (step_traverses(l, &p.steps[i]))
			demand = 0;
		else if (step_from_local_element(&p, i))
			demand |= demand_of_elements(l, f, &p, depth);
		else if (p.steps[i].kind == STEP_PTR || step_from_element(&p, i))
			demand |= DEMAND_GLOBAL;
	return demand;
}

static uint32_t count_args(const struct function *fn)
{
	uint32_t c, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		n += fn->calls[c].nargs < PARAMS_MAX ? fn->calls[c].nargs : PARAMS_MAX;
	return n;
}

static uint16_t *demand_of_args(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint16_t *out = xcalloc(count_args(fn) + 1, sizeof(*out));
	uint32_t c, a, n = 0;
	struct path arg;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs && a < PARAMS_MAX; a++) {
			arg = argument_object(l, f, fn->calls[c].args[a]);
			out[n++] = demand_of(l, f, &arg, 0);
		}
	return out;
}

static uint16_t demand_of_writes(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	const struct function_locks *locks = &l->locks[f];
	const struct part_write *part;
	const struct path *written;
	uint16_t demand = 0;
	uint32_t i, at;

	for (i = 0; i < locks->npoints; i++) {
		const struct event *e = locks->points[i].event;

		written = e->kind == EV_ACCESS ? e->obj : call_overwrites(l, fn, e->call);
		if (written && symtab_record(l, written->type))
			demand |= demand_of(l, f, written, 0);
		at = 0;
		while (e->kind == EV_CALL && (part = call_overwrites_part(l, fn, e->call, &at)))
			demand |= demand_of(l, f, &part->obj, 0);
	}
	return demand;
}

/* The phases that the callees ask for and that no rule for the slot gives. */
static uint16_t demand_of_targets(const struct link *l, uint32_t f, uint32_t call)
{
	const struct entry_rule *rule = rule_of_call(l, &l->p->functions[f].calls[call]);
	uint16_t demand = 0;
	uint32_t n, t;
	const uint32_t *targets = call_targets(l, f, call, &n);

	for (t = 0; t < n; t++)
		if (l->relevant[targets[t]])
			demand |= l->demand[targets[t]];
	if (rule)
		demand &= (uint16_t)~DEMAND_ALLOC;
	if (rule && rule->owner >= 0 && rule->owner < PARAMS_MAX)
		demand &= (uint16_t)~(1 << rule->owner);
	return demand;
}

/* Adds what the calls of f ask for; returns whether that is more than before. */
static bool add_demand(struct demand_solver *x, uint32_t f)
{
	const struct function *fn = &x->l->p->functions[f];
	uint16_t *known = &x->l->demand[f], demand = *known, called;
	uint32_t c, a, n = 0;

	for (c = 0; c < fn->ncalls; c++) {
		called = demand_of_targets(x->l, f, c);
		demand |= called & (DEMAND_ALLOC | DEMAND_GLOBAL);
		for (a = 0; a < fn->calls[c].nargs && a < PARAMS_MAX; a++, n++)
			if (called >> a & 1)
				demand |= x->args[f][n];
	}
	if (demand == *known)
		return false;
	*known = demand;
	return true;
}

static void enqueue(struct demand_solver *x, uint32_t f)
{
	size_t size = x->l->p->nfunctions;

	if (x->queued[f] || !x->l->relevant[f] || !x->l->called[f])
		return;
	x->queued[f] = true;
	x->queue[(x->head + x->n++) % size] = f;
}

static uint32_t dequeue(struct demand_solver *x)
{
	uint32_t f = x->queue[x->head];

	x->head = (x->head + 1) % x->l->p->nfunctions;
	x->n--;
	x->queued[f] = false;
	return f;
}

/* So many functions are taken by a thread at once. */
#define TAKEN 256

/* Finds what functions ask for themselves. */
static void find_own(struct link *l, void *ctx)
{
	struct demand_solver *x = ctx;
	size_t n = l->p->nfunctions, i, end;
	uint32_t f;

	while ((i = __atomic_fetch_add(&x->own, TAKEN, __ATOMIC_RELAXED)) < n)
		for (end = i + TAKEN < n ? i + TAKEN : n; i < end; i++) {
			f = l->bottom_up[i];
			if (!l->relevant[f] || !l->called[f])
				continue;
			x->args[f] = demand_of_args(l, f);
			l->demand[f] = demand_of_writes(l, f);
		}
}

void context_demand(struct link *l)
{
	size_t n = l->p->nfunctions, i;
	struct demand_solver x = { .l = l };
	const struct start *start;
	uint32_t f, c;

	l->demand = arena_alloc(l->arena, n * sizeof(*l->demand));
	x.args = xcalloc(n, sizeof(*x.args));
	x.queued = xcalloc(n, sizeof(*x.queued));
	x.queue = xcalloc(n, sizeof(*x.queue));
	threads_run(l, find_own, &x);
	for (i = 0; i < n; i++)
		enqueue(&x, l->bottom_up[i]);
	for (i = 0; (start = starts_get(l, i)); i++)
		l->demand[start->function] |= demand_of(l, start->function, &start->object, 0);
	while (x.n) {
		f = dequeue(&x);
		if (add_demand(&x, f))
			for (c = 0; c < l->callgraph[f].ncallers; c++)
				enqueue(&x, l->callgraph[f].callers[c]);
	}
	for (i = 0; i < n; i++)
		free(x.args[i]);
	free(x.args);
	free(x.queued);
	free(x.queue);
}

/* Callers ask for the phases that a callee asks for whatever it is passed. */
void context_demand_check(const struct link *l)
{
	uint16_t always = DEMAND_ALLOC | DEMAND_GLOBAL;
	uint32_t f, c;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; l->relevant[f] && l->called[f] && c < l->p->functions[f].ncalls; c++)
			if (demand_of_targets(l, f, c) & always & ~l->demand[f])
				broken(l, "context-demand", f, "a callee of call %u asks for more",
				       c);
}
