/* SPDX-License-Identifier: GPL-2.0-only */
/* specialise.h - copies of functions for the constants that calls pass them. */
#ifndef RACYBITS_SPECIALISE_H
#define RACYBITS_SPECIALISE_H

#include "link.h"

struct known;

/* What is known of the callers of a function: l->specialised[f], f a function. */
struct specialised {
	bool cloned;		     /* it is a copy, or has copies: all callers were seen */
	const struct known *assumed; /* of a copy: what its callers know of its arguments; or NULL */
	uint32_t *retarget; /* by call: the copy that it goes to, or NONE; NULL: no call goes to one */
};

/*
 * Appends to program.functions a copy of each relevant helper for the constants
 * calls pass it, with the branches they decide decided.
 * Returns false if there was nothing to copy.
 */
bool specialise(struct link *l);
/* The clone that call `call` of f goes to instead of `target`; else `target`. */
static inline uint32_t specialise_target(const struct link *l, uint32_t f, uint32_t call,
					 uint32_t target)
{
	const uint32_t *retarget = l->specialised ? l->specialised[f].retarget : NULL;

	return retarget && retarget[call] != NONE ? retarget[call] : target;
}
/* Is f a copy, or has it copies?  All calls of it were seen then. */
static inline bool is_specialised(const struct link *l, uint32_t f)
{
	return l->specialised[f].cloned;
}

#endif
