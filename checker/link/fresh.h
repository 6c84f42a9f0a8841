/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * fresh.h - the objects of a function that nobody else can reach at first: those that its calls
 * allocate, and variables on its stack in which it keeps pointers to others.
 *
 * A set of them has bit i for the result of the call escape.fresh[i], and bit nfresh + i for the
 * variable escape.holders[i].
 */
#ifndef RACYBITS_FRESH_H
#define RACYBITS_FRESH_H

#include "link.h"

/* What an object of `in` may point to, once that was stored. */
struct fresh_content {
	uint64_t in;
	str field; /* by this member; 0: by any */
	uint64_t what;
};

/* Where a pointer may come from. */
struct origins {
	uint64_t fresh;	 /* the fresh objects that its object may be in */
	uint64_t params; /* bit i < PARAMS_MAX: the object of parameter i, or one that it leads to */
};

/* Finds the calls of f that return fresh objects, and holders: the first step of its escape summary. */
void fresh_find(struct link *l, uint32_t f);
/* Adds what each may point to, when its callees have their summaries. */
void fresh_find_contents(struct link *l, uint32_t f);

/*
 * The index into escape.fresh of the allocated object of f that the path, in the frame of f, lies in;
 * -1 if it is not known to be in one.  A variable is fresh if all that is assigned to it is.
 */
int fresh_bit(const struct link *l, uint32_t f, const struct path *p);
/* The fresh objects that it lies in one of; 0 if it may lie in another object. */
uint64_t fresh_only(const struct link *l, uint32_t f, const struct path *p);
/* All that it may be. */
struct origins fresh_origins(const struct link *l, uint32_t f, const struct path *p);
/*
 * The variables on the stack that call c copies whole, as memcpy() does, from argument `a` to argument
 * *to; 0: none.
 */
uint64_t fresh_copied(const struct link *l, uint32_t f, uint32_t c, uint32_t a, uint32_t *to);
/* The set with what its objects lead to, as far as that is in `stored`. */
uint64_t fresh_closure(const struct escape *e, uint64_t set, uint64_t stored);

#endif
