/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * visit.h - one turn of a function: all its contexts that are not explored yet.
 *
 * What is passed on to callees is found first, which any thread may do.  Then it is added to the contexts of these,
 * one function after the other.
 */
#ifndef RACYBITS_VISIT_H
#define RACYBITS_VISIT_H

#include "context.h"

/* What a function does that matters in the exploration, the same in all contexts.  All zero: not found yet. */
struct actions {
	struct action *of;
	size_t n, cap;
	bool found;
	struct arena arena;
};

void actions_free(struct actions *a);

/* All zero: empty. */
struct visit {
	struct link *l; /* of the thread that does it */
	uint32_t f;
	struct arena arena; /* of all that is found, but for the arrays */
	struct explored_context {
		uint32_t at; /* index into explorer.contexts */
		struct context is;
	} *contexts; /* as they were when the turn began */
	size_t ncontexts, contexts_cap;
	struct actions *actions, own;
	struct locks_of_entry *locks;
	struct reached_write *writes;
	size_t nwrites, writes_cap;
	struct context *entered; /* contexts of callees, without phases that these do not ask for */
	size_t nentered, entered_cap;
};

/*
 * Begins the turn of f: takes its contexts from `x`, which count as explored.  `kept` are its actions from one turn
 * to the next; NULL: they are found for this turn alone.
 */
void visit_begin(struct visit *v, struct explorer *x, uint32_t f, struct actions *kept);
/* Finds out what the function does in these contexts; reads no other one. */
void visit_work(struct visit *v, struct link *l);
/* Adds the writes to `x`, and the contexts of callees.  The visit is empty again, and keeps its memory. */
void visit_end(struct visit *v, struct explorer *x);
void visit_free(struct visit *v);

#endif
