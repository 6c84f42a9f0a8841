/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ways.h - from where a function has an object: back along variables, calls and members.
 *
 * A way is a path in the frame of a function.  It leads back to what a variable is assigned, to what
 * callers pass, to what callees return, and from a member to what functions store there.
 */
#ifndef RACYBITS_WAYS_H
#define RACYBITS_WAYS_H

#include "link.h"

struct way_call;

struct way {
	uint32_t function;
	struct path path;
	const struct write *w; /* the function is w->chain[frame]; NULL: of no chain */
	uint32_t frame;
	const struct way_call *by; /* the call that the way has led back into; NULL: none */
};

/* A call that a way has led back into: what the callee is passed is what this call passes. */
struct way_call {
	struct way from;
	uint32_t call;
};

/* What a way has led through: a variable, a parameter or a call; a member, `function` is NONE then. */
struct led_through {
	const struct led_through *before;
	uint32_t function, a, b;
	uint32_t caller, call; /* the call that it had led back into; NONE: into none */
};

/*
 * Is told of each way that one leads back to, resolved; its `by` is only valid meanwhile.  A function of
 * which copies alone are called, since specialise(), is none of a way.
 */
typedef void way_fn(void *ctx, const struct way *back);

/* Makes and frees l->ways.  After creations_find(). */
void ways_begin(struct link *l);
void ways_end(struct link *l);

/* The way of the chain to the object written; false if that has no name. */
bool way_of_write(const struct link *l, const struct write *w, struct way *out);
/* Is the root of the path a global variable or a new object, so that no way leads back from it? */
bool way_ends(const struct link *l, const struct way *w);
/* Does nothing in the program call the function of which the root is a parameter? */
bool way_is_uncalled(const struct link *l, const struct way *w);
/*
 * The root of the way, or the member that step `i` of its path leads from; `before`: what the way has led
 * through up to there, which has to stay as long as the result is used, or NULL.
 */
struct led_through through_root(const struct way *w, const struct led_through *before);
struct led_through through_member(const struct way *w, uint32_t i,
				  const struct led_through *before);
/* Did the way lead through the same before?  Then it goes round a loop. */
bool was_led_through(const struct led_through *t);
/*
 * Calls `each` for all ways that the root of the path may stand for: of a chain, those of the chain.  For
 * none if others, which are not known, call the function.
 */
void ways_from_root(const struct link *l, const struct way *w, way_fn *each, void *ctx);
/*
 * Calls it for what is stored in the member that step `i` of the path, a STEP_PTR, leads from.  False
 * without any call if that are more than LIMIT_SOURCES.
 */
bool ways_from_member(const struct link *l, const struct way *w, uint32_t i, way_fn *each,
		      void *ctx);

#endif
