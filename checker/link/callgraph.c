// SPDX-License-Identifier: GPL-2.0-only
/*
 * callgraph.c - who calls whom.
 *
 * A function stored in a slot is called wherever that slot is called.  Slots
 * the model gives a context of their own are entry points instead: their real
 * callers (the VFS, the driver core...) say less than the model does.
 */
#include "callgraph.h"
#include "funcptr.h"
#include "rules.h"
#include "specialise.h"
#include "symtab.h"

/* Grows while the calls of one function are resolved. */
struct target_list {
	uint32_t *of;
	size_t n, cap;
};

/* What a call that names no function may reach. */
static const uint32_t *targets_of_value(struct link *l, uint32_t f, const struct call *c, size_t *n)
{
	*n = 0;
	return rule_is_entry(rule_of_call(l, c)) ? NULL : funcptr_of_call(l, f, c, n);
}

/* Adds what call `c` of f may reach to the targets of f. */
static void add_targets(struct link *l, uint32_t f, uint32_t c, struct target_list *out)
{
	const struct function *fn = &l->p->functions[f];
	const struct call *call = &fn->calls[c];
	const uint32_t *set;
	uint32_t target;
	size_t i, n;

	if (call->kind == CALLEE_DIRECT) {
		target = symtab_function(l, call->name, fn->loc.file);
		if (target != NONE)
			*vec_add(out->of, out->n, out->cap) = specialise_target(l, f, c, target);
		return;
	}
	set = targets_of_value(l, f, call, &n);
	if (!n && !rule_of_call(l, call))
		l->p->stats.calls_unresolved++;
	for (i = 0; i < n; i++)
		*vec_add(out->of, out->n, out->cap) = set[i];
}

static void resolve_calls(struct link *l, uint32_t f)
{
	uint32_t ncalls = l->p->functions[f].ncalls, c;
	struct callgraph_node *g = &l->callgraph[f];
	struct target_list out = { 0 };

	g->first_target = arena_alloc(l->arena, (ncalls + 1) * sizeof(uint32_t));
	for (c = 0; c < ncalls; c++) {
		g->first_target[c] = (uint32_t)out.n;
		add_targets(l, f, c, &out);
	}
	g->first_target[ncalls] = (uint32_t)out.n;
	g->ntargets = (uint32_t)out.n;
	g->targets = arena_copy(l->arena, out.of, out.n * sizeof(uint32_t));
	free(out.of);
}

static void collect_callers(struct link *l)
{
	size_t n = l->p->nfunctions, f;
	uint32_t t;

	for (f = 0; f < n; f++)
		for (t = 0; t < l->callgraph[f].ntargets; t++)
			l->callgraph[l->callgraph[f].targets[t]].ncallers++;
	for (f = 0; f < n; f++) {
		struct callgraph_node *g = &l->callgraph[f];

		g->callers = arena_alloc(l->arena, g->ncallers * sizeof(uint32_t));
		g->ncallers = 0;
	}
	for (f = 0; f < n; f++)
		for (t = 0; t < l->callgraph[f].ntargets; t++) {
			struct callgraph_node *g = &l->callgraph[l->callgraph[f].targets[t]];

			if (!g->ncallers || g->callers[g->ncallers - 1] != f)
				g->callers[g->ncallers++] = (uint32_t)f;
		}
}

/* Depth-first postorder, callees first, without recursion. */
static void order_bottom_up(struct link *l)
{
	size_t n = l->p->nfunctions, out = 0, depth = 0, f;
	uint32_t *stack = xmalloc((n + 1) * sizeof(*stack));
	uint32_t *next = xcalloc(n, sizeof(*next));
	bool *seen = xcalloc(n, sizeof(*seen));

	l->bottom_up = arena_alloc(l->arena, n * sizeof(uint32_t));
	for (f = 0; f < n; f++) {
		if (seen[f])
			continue;
		seen[f] = true;
		stack[depth++] = (uint32_t)f;
		while (depth) {
			uint32_t top = stack[depth - 1];
			const struct callgraph_node *g = &l->callgraph[top];

			if (next[top] == g->ntargets) {
				l->bottom_up[out++] = top;
				depth--;
			} else if (!seen[g->targets[next[top]++]]) {
				uint32_t t = g->targets[next[top] - 1];

				seen[t] = true;
				stack[depth++] = t;
			}
		}
	}
	free(stack);
	free(next);
	free(seen);
}

void callgraph_build(struct link *l)
{
	size_t n = l->p->nfunctions, f;

	l->p->stats.calls_unresolved = 0;
	l->callgraph = arena_alloc(l->arena, n * sizeof(*l->callgraph));
	for (f = 0; f < n; f++)
		resolve_calls(l, (uint32_t)f);
	collect_callers(l);
	order_bottom_up(l);
}
