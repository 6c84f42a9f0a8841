/* SPDX-License-Identifier: GPL-2.0-only */
/* callgraph.h - who calls whom. */
#ifndef RACYBITS_CALLGRAPH_H
#define RACYBITS_CALLGRAPH_H

#include "link.h"

/* The callees and callers of function f: l->callgraph[f]. */
struct callgraph_node {
	uint32_t ntargets;
	uint32_t *targets; /* functions that its calls may reach: those of call 0, of call 1 ... */
	uint32_t *first_target; /* function.ncalls + 1 indexes into targets: where those of a call
				 * begin, which end where those of the next one begin */
	uint32_t ncallers;
	uint32_t *callers; /* functions with a call that may reach this one: ascending */
	bool *direct;	   /* by caller: has it a call that is not indirect? */
};

/*
 * Makes l->callgraph and l->bottom_up, and counts the indirect calls for which no callee is known
 * in p->stats.  After funcptr_solve(), and again after specialise() has added functions.
 */
void callgraph_build(struct link *l);
void callgraph_check(const struct link *l);

/* Is there a call of `callee` in `caller`? */
bool callgraph_has(const struct link *l, uint32_t caller, uint32_t callee);
/* Is there one that is not indirect? */
bool callgraph_has_direct(const struct link *l, uint32_t caller, uint32_t callee);
/* Calls `each` for every call that names a function that is known, as often as it is made. */
void callgraph_each_direct(const struct link *l,
			   void (*each)(void *ctx, uint32_t f, uint32_t callee), void *ctx);

/*
 * Climbs from function f to its callers, and to theirs.  `enter` is asked of f, with `callee` NONE, and
 * then of each caller of a function that was entered, once for each of these; what it returns says
 * whether its own callers are asked about.  It has to return false for a function that was entered.
 */
void callgraph_climb(const struct link *l, uint32_t f,
		     bool (*enter)(void *ctx, uint32_t f, uint32_t callee), void *ctx);
/* Climbs so to all that are not marked, and marks them: an element of `marked` for each function. */
void callgraph_mark(const struct link *l, uint32_t f, bool *marked);

/* The functions that call `call` of f may reach: *n of them, by key, each once. */
static inline const uint32_t *call_targets(const struct link *l, uint32_t f, uint32_t call,
					   uint32_t *n)
{
	const struct callgraph_node *g = &l->callgraph[f];

	*n = g->first_target[call + 1] - g->first_target[call];
	return g->targets + g->first_target[call];
}

/* May call `call` of f reach the callee? */
static inline bool call_leads_to(const struct link *l, uint32_t f, uint32_t call, uint32_t callee)
{
	uint32_t n, t;
	const uint32_t *targets = call_targets(l, f, call, &n);

	for (t = 0; t < n && targets[t] != callee; t++)
		;
	return t < n;
}

/* The only function that call `call` of f may reach; NONE if there is none, or several. */
static inline uint32_t only_target(const struct link *l, uint32_t f, uint32_t call)
{
	uint32_t n;
	const uint32_t *targets = call_targets(l, f, call, &n);

	return n == 1 ? targets[0] : NONE;
}

#endif
