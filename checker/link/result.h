/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * result.h - the values that the result of a call can have, as far as locks depend on them.
 *
 * A set of classes says when a lock is held: after a trylock in RESULT_ONE, after a function that
 * returns an error code in all but RESULT_NEGATIVE.  IS_ERR() pointers are negative, and other
 * pointers but null are RESULT_MORE.
 */
#ifndef RACYBITS_RESULT_H
#define RACYBITS_RESULT_H

#include "predicates.h"

enum result_class {
	RESULT_NEGATIVE = 1 << 0,
	RESULT_IS_ZERO = 1 << 1,
	RESULT_ONE = 1 << 2,
	RESULT_MORE = 1 << 3, /* positive, and not 1 */
};

#define RESULT_CLASSES 4
#define RESULT_ANY (RESULT_NEGATIVE | RESULT_IS_ZERO | RESULT_ONE | RESULT_MORE)
#define RESULT_NOT_NEGATIVE (RESULT_ANY & ~RESULT_NEGATIVE)
#define RESULT_NOT_ZERO (RESULT_ANY & ~RESULT_IS_ZERO)

/* When a call that may take a lock has taken it. */
struct result_when {
	uint8_t possible; /* the classes that the result may be in */
	uint8_t held;	  /* those in which the lock is held */
	uint8_t fails; /* those in which it is certainly not: there is an exit which shows that */
};

/* What a model or an annotation says. */
struct result_when result_when(enum lock_result r);
/* Is the lock held whatever the result is? */
bool result_always(const struct result_when *w);
/*
 * Is it held if the result is in one of the classes `in`?  A test for an error, which leaves all
 * classes but RESULT_NEGATIVE, is taken at its word: a result that is not known is one only if it
 * is negative.
 */
bool result_holds(const struct result_when *w, uint32_t in);

/* The classes in which the test may have this outcome. */
uint32_t result_of_test(const struct test *t, bool holds);
/* The class of what the block returns; 0 if the block does not tell. */
uint32_t result_of_return(const struct block *b);
/* The classes of !x for those of x; of x for those of !x. */
uint32_t result_negate(uint32_t classes);
uint32_t result_unnegate(uint32_t classes);
/* Adds to the predicates that the local is in the class; false: it cannot be. */
bool result_assume(struct predicates *k, uint32_t local, uint32_t class);

#endif
