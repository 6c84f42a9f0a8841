// SPDX-License-Identifier: GPL-2.0-only
/*
 * context_demand.c - what of an entry context a function looks at.
 *
 * Most parameters lead to no write: their phases tell no contexts apart.  What
 * is asked of a context is what phase_of_path() may read for the objects that
 * the function writes, or that it passes on to callees that ask for them.
 */
#include "context_demand.h"
#include "callgraph.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "object_phase.h"
#include "resolve.h"
#include "rules.h"
#include "symtab.h"

struct asker {
	struct link *l;
	uint16_t **args; /* per function: what phase_of_path() reads for each argument of its calls */
	bool *queued;
	uint32_t *queue; /* functions to look at again: a ring, each at most once */
	size_t head, n;
};

static uint16_t needs_of(const struct link *l, uint32_t f, const struct path *path, int depth)
{
	struct path p = resolve_path(l, f, path), root = p;
	const struct local *v;
	uint16_t needs = 0;
	uint32_t i;

	root.nsteps = 0;
	switch (p.root) {
	case ROOT_PARAM:
		needs = (uint16_t)(1 << (p.index < PARAMS_MAX ? p.index : PARAMS_MAX - 1));
		break;
	case ROOT_GLOBAL:
		needs = NEEDS_GLOBAL;
		break;
	case ROOT_LOCAL:
		v = &l->p->functions[f].locals[p.index];
		for (i = 0; i < v->ndefs && depth <= PHASE_LOCALS_MAX; i++)
			needs |= needs_of(l, f, &v->defs[i], definitions_depth(v, depth));
		break;
	case ROOT_CALL:
		needs = fresh_bit(l, f, &root) >= 0 ? NEEDS_ALLOC : 0;
		break;
	}
	for (i = 0; i < p.nsteps; i++)
		if (step_traverses(l, &p.steps[i]))
			needs = 0;
		else if (p.steps[i].kind == STEP_PTR)
			needs |= NEEDS_GLOBAL;
	return needs;
}

static uint32_t count_args(const struct function *fn)
{
	uint32_t c, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		n += fn->calls[c].nargs < PARAMS_MAX ? fn->calls[c].nargs : PARAMS_MAX;
	return n;
}

static uint16_t *needs_of_args(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint16_t *out = xcalloc(count_args(fn) + 1, sizeof(*out));
	uint32_t c, a, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs && a < PARAMS_MAX; a++)
			out[n++] = needs_of(l, f, fn->calls[c].args[a], 0);
	return out;
}

static uint16_t needs_of_writes(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	const struct function_locks *locks = &l->locks[f];
	const struct path *written;
	uint16_t needs = 0;
	uint32_t i;

	for (i = 0; i < locks->npoints; i++) {
		const struct event *e = locks->points[i].event;

		written = e->kind == EV_ACCESS ? e->obj : call_overwrites(l, &fn->calls[e->call]);
		if (written && symtab_record(l, written->type))
			needs |= needs_of(l, f, written, 0);
	}
	return needs;
}

/* What the targets of a call ask for; what a rule of the model says need not be asked for. */
static uint16_t needs_of_targets(const struct link *l, uint32_t f, uint32_t call)
{
	const struct entry_rule *rule = rule_of_call(l, &l->p->functions[f].calls[call]);
	uint16_t needs = 0;
	uint32_t n, t;
	const uint32_t *targets = call_targets(l, f, call, &n);

	for (t = 0; t < n; t++)
		if (l->relevant[targets[t]])
			needs |= l->demand[targets[t]];
	if (rule)
		needs &= (uint16_t)~NEEDS_ALLOC;
	if (rule && rule->owner >= 0 && rule->owner < PARAMS_MAX)
		needs &= (uint16_t)~(1 << rule->owner);
	return needs;
}

/* True if it needs more than was known. */
static bool add_needs(struct asker *x, uint32_t f)
{
	const struct function *fn = &x->l->p->functions[f];
	uint16_t *demand = &x->l->demand[f], needs = *demand, called;
	uint32_t c, a, n = 0;

	for (c = 0; c < fn->ncalls; c++) {
		called = needs_of_targets(x->l, f, c);
		needs |= called & (NEEDS_ALLOC | NEEDS_GLOBAL);
		for (a = 0; a < fn->calls[c].nargs && a < PARAMS_MAX; a++, n++)
			if (called >> a & 1)
				needs |= x->args[f][n];
	}
	if (needs == *demand)
		return false;
	*demand = needs;
	return true;
}

static void enqueue(struct asker *x, uint32_t f)
{
	size_t size = x->l->p->nfunctions;

	if (x->queued[f] || !x->l->relevant[f])
		return;
	x->queued[f] = true;
	x->queue[(x->head + x->n++) % size] = f;
}

static uint32_t dequeue(struct asker *x)
{
	uint32_t f = x->queue[x->head];

	x->head = (x->head + 1) % x->l->p->nfunctions;
	x->n--;
	x->queued[f] = false;
	return f;
}

void context_demand(struct link *l)
{
	size_t n = l->p->nfunctions, i;
	struct asker x = { .l = l };
	uint32_t f, c;

	l->demand = arena_alloc(l->arena, n * sizeof(*l->demand));
	x.args = xcalloc(n, sizeof(*x.args));
	x.queued = xcalloc(n, sizeof(*x.queued));
	x.queue = xcalloc(n, sizeof(*x.queue));
	for (i = 0; i < n; i++) {
		f = l->bottom_up[i];
		if (!l->relevant[f])
			continue;
		x.args[f] = needs_of_args(l, f);
		l->demand[f] = needs_of_writes(l, f);
		enqueue(&x, f);
	}
	while (x.n) {
		f = dequeue(&x);
		if (add_needs(&x, f))
			for (c = 0; c < l->callgraph[f].ncallers; c++)
				enqueue(&x, l->callgraph[f].callers[c]);
	}
	for (i = 0; i < n; i++)
		free(x.args[i]);
	free(x.args);
	free(x.queued);
	free(x.queue);
}
