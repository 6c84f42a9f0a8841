/* SPDX-License-Identifier: GPL-2.0-only */
/* specialise.h - copies of functions for known arguments, and for tested members. */
#ifndef RACYBITS_SPECIALISE_H
#define RACYBITS_SPECIALISE_H

#include "link.h"

struct predicates;

/* A call of a function that goes to a copy of what it names. */
struct retarget {
	uint32_t call, target, copy; /* `target`: the function that was copied */
};

/* Copies that were made of function f, or for its calls: l->specialised[f]. */
struct specialised {
	bool has_copies; /* it is a copy, or has copies */
	uint32_t nretargets;
	struct retarget *retargets;	  /* by call, and by key of the target */
	const struct predicates *assumed; /* of a copy: what holds when it is called; or NULL */
};

/*
 * Where a call passes a constant or a function that branches of the callee depend on, or has
 * tested a member that the callee tests, too, appends a copy of the callee to program.functions
 * in which those branches are decided, and makes the call go there.  Makes l->specialised.
 *
 * Returns whether functions were added: the call graph has to be built again then.  After
 * modref_summarise().
 */
bool specialise(struct link *l);
void specialise_check(const struct link *l);

/* Where call `call` of f goes if it may reach the function `target`: to a copy of it, or to it. */
uint32_t specialise_target(const struct link *l, uint32_t f, uint32_t call, uint32_t target);

/* Is f a copy, or are there copies of it?  Calls of it were seen then. */
static inline bool is_specialised(const struct link *l, uint32_t f)
{
	return l->specialised[f].has_copies;
}

#endif
