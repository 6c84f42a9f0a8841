/* SPDX-License-Identifier: GPL-2.0-only */
/* lockset_transfer.h - how the events and branches of a function change what is known of locks. */
#ifndef RACYBITS_LOCKSET_TRANSFER_H
#define RACYBITS_LOCKSET_TRANSFER_H

#include "escape.h"
#include "lock_effects.h"
#include "lock_state.h"

/* The data flow of one function. */
struct lock_flow {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct function_locks *locks;
	const struct escape *escape;
	struct lock_states *in; /* by block: at its beginning; n is 0 if no path leads there */
	bool *against;		/* by block: no path leads there unless another CPU changes a member
			* between two tests */
	bool *todo;		/* by block: its states have changed since it was flowed through */
	lock_set as_found;	/* see ended_as_found() */
	lock_set followed;	/* the locks that w->ahead speaks of */
	lock_set followed_later; /* ... and w->later */
	lock_set *ahead;	 /* by block: see released_ahead.h */
	lock_set *later;	 /* by block: see released_ahead.h */
	lock_set later_shared;	 /* locks that are released in shared mode alone */
	lock_set released_here; /* locks that are released other than by a callee on some of its paths */
	lock_set taken_exclusive; /* locks that some call takes exclusively; lock_points_keep() finds it */
	uint8_t *quiet;		  /* by call: see publish_args(); NULL: not asked for yet */
	bool joined;		  /* LIMIT_STATES was met: some states were joined */
	bool forgot;		  /* LIMIT_KNOWN was met: a predicate was dropped */
	bool unpaired;		  /* LIMIT_SAME was met: an equal pointer was left out */
};

/* Takes the state over an event. */
void state_event(struct lock_flow *w, struct lock_state *s, const struct event *e);
/*
 * Takes the state along the edge from block `b` to its successor `which`; returns false if the
 * edge is infeasible.
 */
bool state_branch(struct lock_state *s, const struct block *b, uint32_t which);
/*
 * Adds that the result of `call`, or the value of `local`, is in one class of enum result_class;
 * the other one is NONE.  Returns false if it cannot be.
 */
bool state_result(struct lock_state *s, uint32_t call, uint32_t local, uint32_t class);
/* Takes `s`, a state at the beginning of block `b`, to its end. */
void state_block(struct lock_flow *w, uint32_t b, struct lock_state *s);

#endif
