/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * visit.h - one turn of a function: all its contexts that are not explored yet.
 *
 * Any thread may do the work of a turn.  Then one ends the turns, in their order.
 */
#ifndef RACYBITS_VISIT_H
#define RACYBITS_VISIT_H

#include "inbox.h"

/* What a function does that matters in the exploration, the same in all contexts.  All zero: not found yet. */
struct actions {
	struct action *of;
	size_t n, cap;
	struct entered_function *callees;
	uint32_t ncallees;
	bool found;
	struct arena arena;
};

void actions_free(struct actions *a);

/* All zero: empty. */
struct visit {
	struct link *l; /* of the thread that does it */
	uint32_t f;
	struct delivery *arrived; /* contexts to be added first */
	struct arena arena;	  /* of all that is found, but for the arrays */
	uint32_t *contexts;	  /* those of the turn */
	size_t ncontexts, contexts_cap;
	struct actions *actions, own;
	struct locks_of_entry *locks;
	struct reached_write *writes;
	size_t nwrites, writes_cap;
	struct parcel *parcel; /* contexts of callees, or NULL */
};

/*
 * Begins the turn of f, with what is in its inbox.  `kept` are its actions from one turn to the next; NULL: they are
 * found for this turn alone.
 */
void visit_begin(struct visit *v, struct explorer *x, uint32_t f, struct actions *kept);
/* Adds what has arrived, and finds out what the function does in its new contexts; reads those of no other one. */
void visit_work(struct visit *v, struct context_adder *by);
/*
 * Adds the writes to `x`, and sends the contexts of callees; returns how many these are.  The visit is empty again,
 * and keeps its memory.
 */
size_t visit_end(struct visit *v, struct explorer *x);
void visit_free(struct visit *v);

#endif
