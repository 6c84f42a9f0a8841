/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link.h - from facts to verdicts: whole program, no clang, no I/O.
 *
 * link.c is the list of the passes.  Each has a file and a header of its name.
 */
#ifndef RACYBITS_LINK_H
#define RACYBITS_LINK_H

#include "base/util.h"

struct linux_model;

/*
 * Fills p->verdicts (allocated from `a`, as is all that they point to) from
 * p's facts and p->model.  Cannot fail; what was not analysed shows up as
 * VERDICT_UNKNOWN and in p->stats.
 */
void link_program(struct program *p, struct arena *a);

/* ------------------------------------------------- shared by link's stages */

struct link {
	struct program *p;
	const struct linux_model *model;
	struct arena *arena;

	/* What each pass makes, in order; the header of the pass says more. */
	struct limits *limits; /* limit.h: where limits were met */
	struct lock_interner *lock_interner;
	struct symtab *symtab;
	struct registration *registrations;
	struct funcptr *funcptr;
	struct slots *slots;
	struct stored *stored; /* slots.c */
	size_t nstored, stored_cap;
	struct callgraph_node
		*callgraph;  /* by function, as all arrays below unless they say otherwise */
	uint32_t *bottom_up; /* callgraph.c: functions, callees first where there is no cycle */
	bool *relevant;	     /* relevance.c */
	struct modref *modref;
	struct specialised *specialised;
	struct escape *escape;
	struct ownership *ownership;
	struct oneshot *oneshot;
	struct function_locks *locks;  /* lockset.h */
	uint16_t *demand;	       /* context_demand.h */
	struct explorer *explorer;     /* context.h: the contexts of all functions */
	struct collection *collection; /* writes.c: writes per unit */
	str *lock_names;	       /* claim_check.c: all that the program takes, sorted */
	size_t nlock_names;
};

#endif
