// SPDX-License-Identifier: GPL-2.0-only
/* callgraph.c - who calls whom. */
#include "callgraph.h"
#include "broken.h"
#include "callees.h"
#include "rules.h"
#include "specialise.h"
#include "symtab.h"

/* The targets of one function, under construction. */
struct target_list {
	uint32_t *of;
	size_t n, cap;
};

/* Adds what call `c` of f may reach to the targets of f. */
static void add_targets(struct link *l, uint32_t f, uint32_t c, struct target_list *out)
{
	const struct call *call = &l->p->functions[f].calls[c];
	const uint32_t *set;
	uint32_t one;
	size_t i, n;

	set = callees(l, f, call, &one, &n);
	if (!n && call->kind != CALLEE_DIRECT && !rule_of_call(l, call))
		l->p->stats.calls_unresolved++;
	for (i = 0; i < n; i++)
		*vec_add(out->of, out->n, out->cap) = specialise_target(l, f, c, set[i]);
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

/* Adds f to the callers of all that its call may reach; the callers of each come in order. */
static void add_caller(struct link *l, uint32_t f, uint32_t call)
{
	bool direct = l->p->functions[f].calls[call].kind == CALLEE_DIRECT;
	uint32_t n, i;
	const uint32_t *targets = call_targets(l, f, call, &n);

	for (i = 0; i < n; i++) {
		struct callgraph_node *g = &l->callgraph[targets[i]];

		if (!g->ncallers || g->callers[g->ncallers - 1] != f)
			g->callers[g->ncallers++] = f;
		g->direct[g->ncallers - 1] |= direct;
	}
}

static void collect_callers(struct link *l)
{
	size_t n = l->p->nfunctions, f;
	uint32_t t, c;

	for (f = 0; f < n; f++)
		for (t = 0; t < l->callgraph[f].ntargets; t++)
			l->callgraph[l->callgraph[f].targets[t]].ncallers++;
	for (f = 0; f < n; f++) {
		struct callgraph_node *g = &l->callgraph[f];

		g->callers = arena_alloc(l->arena, g->ncallers * sizeof(*g->callers));
		g->direct = arena_alloc(l->arena, g->ncallers * sizeof(*g->direct));
		g->ncallers = 0;
	}
	for (f = 0; f < n; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++)
			add_caller(l, (uint32_t)f, c);
}

/* Depth-first postorder, without recursion: the call graph is too deep for the stack. */
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

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* The caller among those of the callee, or NULL. */
static const uint32_t *find_caller(const struct callgraph_node *callee, uint32_t caller)
{
	return !callee->ncallers ? NULL :
				   bsearch(&caller, callee->callers, callee->ncallers,
					   sizeof(caller), by_number);
}

bool callgraph_has(const struct link *l, uint32_t caller, uint32_t callee)
{
	return find_caller(&l->callgraph[callee], caller);
}

bool callgraph_has_direct(const struct link *l, uint32_t caller, uint32_t callee)
{
	const struct callgraph_node *g = &l->callgraph[callee];
	const uint32_t *found = find_caller(g, caller);

	return found && g->direct[found - g->callers];
}

/* The function that f is a copy of; else f itself. */
static const struct function *source_of(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t source = symtab_function(l, fn->key, fn->loc.file);

	return source == NONE || l->p->functions[source].ncalls != fn->ncalls ?
		       fn :
		       &l->p->functions[source];
}

void callgraph_each_direct(const struct link *l,
			   void (*each)(void *ctx, uint32_t f, uint32_t callee), void *ctx)
{
	const struct function *source;
	uint32_t f, c, t, n;

	for (f = 0; f < l->p->nfunctions; f++) {
		/* (a copy that is made for a callback calls that directly) */
		source = source_of(l, f);
		for (c = 0; c < source->ncalls; c++) {
			const uint32_t *targets = call_targets(l, f, c, &n);

			if (source->calls[c].kind != CALLEE_DIRECT)
				continue;
			for (t = 0; t < n; t++)
				each(ctx, f, targets[t]);
		}
	}
}

void callgraph_climb(const struct link *l, uint32_t f,
		     bool (*enter)(void *ctx, uint32_t f, uint32_t callee), void *ctx)
{
	uint32_t *entered = NULL, c;
	size_t n = 0, cap = 0;

	if (enter(ctx, f, NONE))
		*vec_add(entered, n, cap) = f;
	while (n) {
		const struct callgraph_node *g = &l->callgraph[f = entered[--n]];

		for (c = 0; c < g->ncallers; c++)
			if (enter(ctx, g->callers[c], f))
				*vec_add(entered, n, cap) = g->callers[c];
	}
	free(entered);
}

static bool enter_unmarked(void *ctx, uint32_t f, uint32_t callee)
{
	bool *marked = ctx, entered = marked[f];

	(void)callee;
	marked[f] = true;
	return !entered;
}

void callgraph_mark(const struct link *l, uint32_t f, bool *marked)
{
	callgraph_climb(l, f, enter_unmarked, marked);
}

/* The targets of each call are functions, each once, that have f as a caller. */
static void check_targets(const struct link *l, uint32_t f)
{
	uint32_t c, i, n;

	for (c = 0; c < l->p->functions[f].ncalls; c++) {
		const uint32_t *targets = call_targets(l, f, c, &n);

		for (i = 0; i < n; i++) {
			if (targets[i] >= l->p->nfunctions)
				broken(l, "callgraph", f, "call %u reaches function %u of %zu", c,
				       targets[i], l->p->nfunctions);
			if (i && symtab_compare(l->p, targets[i - 1], targets[i]) >= 0)
				broken(l, "callgraph", f, "targets of call %u are not sorted", c);
			if (!callgraph_has(l, f, targets[i]))
				broken(l, "callgraph", targets[i], "%s calls it, and is no caller",
				       str_get(l->p->functions[f].key));
		}
	}
}

static bool has_target(const struct callgraph_node *g, uint32_t target)
{
	uint32_t i;

	for (i = 0; i < g->ntargets; i++)
		if (g->targets[i] == target)
			return true;
	return false;
}

static void check_callers(const struct link *l, uint32_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t c;

	for (c = 0; c < g->ncallers; c++) {
		if (g->callers[c] >= l->p->nfunctions || (c && g->callers[c] <= g->callers[c - 1]))
			broken(l, "callgraph", f, "caller %u is function %u", c, g->callers[c]);
		if (!has_target(&l->callgraph[g->callers[c]], f))
			broken(l, "callgraph", f, "its caller %s does not call it",
			       str_get(l->p->functions[g->callers[c]].key));
	}
}

static void check_order(const struct link *l)
{
	bool *seen = xcalloc(l->p->nfunctions, sizeof(*seen));
	size_t i;

	for (i = 0; i < l->p->nfunctions; i++) {
		if (l->bottom_up[i] >= l->p->nfunctions || seen[l->bottom_up[i]])
			broken(l, "callgraph", l->bottom_up[i], "it is not once in the order");
		seen[l->bottom_up[i]] = true;
	}
	free(seen);
}

void callgraph_check(const struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++) {
		check_targets(l, f);
		check_callers(l, f);
	}
	check_order(l);
}
