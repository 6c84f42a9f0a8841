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

/* What a call that names no function may reach. */
static const uint32_t *targets_of_value(struct link *l, uint32_t f, const struct call *c, size_t *n)
{
	*n = 0;
	return rule_is_entry(rule_of_call(l, c)) ? NULL : funcptr_of_call(l, f, c, n);
}

static void resolve_calls(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct func_info *info = &l->info[f];
	size_t cap = 0, total = 0, i, n;
	uint32_t *targets = NULL, c, target;
	const uint32_t *set;

	info->first_target = arena_alloc(l->arena, (fn->ncalls + 1) * sizeof(uint32_t));
	for (c = 0; c < fn->ncalls; c++) {
		const struct call *call = &fn->calls[c];

		info->first_target[c] = (uint32_t)total;
		if (call->kind == CALLEE_DIRECT) {
			target = symtab_function(l, call->name, fn->loc.file);
			if (target != NONE)
				*vec_add(targets, total, cap) = specialise_target(l, f, c, target);
			continue;
		}
		set = targets_of_value(l, f, call, &n);
		if (!n && !rule_of_call(l, call))
			l->p->stats.calls_unresolved++;
		for (i = 0; i < n; i++)
			*vec_add(targets, total, cap) = set[i];
	}
	info->first_target[fn->ncalls] = (uint32_t)total;
	info->ntargets_total = (uint32_t)total;
	info->targets = arena_copy(l->arena, targets, total * sizeof(uint32_t));
	free(targets);
}

static void collect_callers(struct link *l)
{
	size_t n = l->p->nfunctions, f;
	uint32_t t;

	for (f = 0; f < n; f++)
		for (t = 0; t < l->info[f].ntargets_total; t++)
			l->info[l->info[f].targets[t]].ncallers++;
	for (f = 0; f < n; f++) {
		l->info[f].callers = arena_alloc(l->arena, l->info[f].ncallers * sizeof(uint32_t));
		l->info[f].ncallers = 0;
	}
	for (f = 0; f < n; f++)
		for (t = 0; t < l->info[f].ntargets_total; t++) {
			struct func_info *i = &l->info[l->info[f].targets[t]];

			if (!i->ncallers || i->callers[i->ncallers - 1] != f)
				i->callers[i->ncallers++] = (uint32_t)f;
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
			struct func_info *i = &l->info[top];

			if (next[top] == i->ntargets_total) {
				l->bottom_up[out++] = top;
				depth--;
			} else if (!seen[i->targets[next[top]++]]) {
				uint32_t t = i->targets[next[top] - 1];

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
	size_t f;

	l->p->stats.calls_unresolved = 0;
	for (f = 0; f < l->p->nfunctions; f++) {
		l->info[f] = (struct func_info){ .cloned = l->info[f].cloned,
						 .assumed = l->info[f].assumed };
		resolve_calls(l, (uint32_t)f);
	}
	collect_callers(l);
	order_bottom_up(l);
}
