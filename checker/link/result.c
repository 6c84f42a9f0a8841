// SPDX-License-Identifier: GPL-2.0-only
/* result.c - the values that the result of a call can have, as far as locks depend on them. */
#include "result.h"

struct result_when result_when(enum lock_result r)
{
	switch (r) {
	case RESULT_NONZERO:
		return (struct result_when){ RESULT_ANY, RESULT_NOT_ZERO, RESULT_IS_ZERO };
	case RESULT_TRUE:
		return (struct result_when){ RESULT_IS_ZERO | RESULT_ONE, RESULT_ONE,
					     RESULT_IS_ZERO };
	case RESULT_ZERO:
		return (struct result_when){ RESULT_ANY, RESULT_NOT_NEGATIVE, RESULT_NEGATIVE };
	case RESULT_FALSE:
		return (struct result_when){ RESULT_IS_ZERO | RESULT_ONE, RESULT_IS_ZERO,
					     RESULT_ONE };
	default:
		return (struct result_when){ RESULT_ANY, RESULT_ANY, 0 };
	}
}

bool result_always(const struct result_when *w)
{
	return !(w->possible & ~w->held);
}

bool result_holds(const struct result_when *w, uint32_t in)
{
	uint32_t left = w->possible & in;

	if (!(left & ~w->held))
		return true;
	return in == RESULT_NOT_NEGATIVE && left & w->held & RESULT_IS_ZERO && !(left & w->fails);
}

static uint32_t class_of(long long value)
{
	if (value < 0)
		return RESULT_NEGATIVE;
	return value == 0 ? RESULT_IS_ZERO : value == 1 ? RESULT_ONE : RESULT_MORE;
}

/* Classes that have more than one value, of which some pass and others fail. */
#define RESULT_RANGES (RESULT_NEGATIVE | RESULT_MORE)

uint32_t result_of_test(const struct test *t, bool holds)
{
	long long with = t->value ? strtoll(str_get(t->value), NULL, 10) : 0;
	uint32_t pass = 0;

	switch (t->kind) {
	case TEST_NONZERO:
		return holds ? RESULT_NOT_ZERO : RESULT_IS_ZERO;
	case TEST_NEGATIVE:
		return holds ? RESULT_NEGATIVE : RESULT_NOT_NEGATIVE;
	case TEST_EQUAL:
		return holds ? class_of(with) : RESULT_ANY & ~(class_of(with) & ~RESULT_RANGES);
	case TEST_MASK:
	case TEST_SHIFT:
		pass = (test_passes(t->kind, with, 0) ? RESULT_IS_ZERO : 0) |
		       (test_passes(t->kind, with, 1) ? RESULT_ONE : 0);
		return (holds ? pass : ~pass & (RESULT_IS_ZERO | RESULT_ONE)) | RESULT_RANGES;
	default:
		return RESULT_ANY;
	}
}

uint32_t result_of_return(const struct block *b)
{
	static const uint8_t classes[] = {
		[RETURN_ZERO] = RESULT_IS_ZERO,
		[RETURN_ONE] = RESULT_ONE,
		[RETURN_NEGATIVE] = RESULT_NEGATIVE,
		[RETURN_MORE] = RESULT_MORE,
		[RETURN_LOCAL] = 0,
	};

	return classes[b->return_kind];
}

uint32_t result_negate(uint32_t classes)
{
	return (classes & RESULT_IS_ZERO ? RESULT_ONE : 0) |
	       (classes & RESULT_NOT_ZERO ? RESULT_IS_ZERO : 0);
}

uint32_t result_unnegate(uint32_t classes)
{
	return (classes & RESULT_IS_ZERO ? RESULT_NOT_ZERO : 0) |
	       (classes & RESULT_ONE ? RESULT_IS_ZERO : 0);
}

/* Adds that the local passes the test, or that it fails; false: it does not. */
static bool assume(struct predicates *k, uint32_t local, enum test_kind test, long long value,
		   bool holds)
{
	const struct predicate c = { SUBJECT_LOCAL, local, test, holds, value };
	int decided = predicates_decide(k, &c);

	if (decided < 0)
		predicates_add(k, &c);
	return decided;
}

bool result_assume(struct predicates *k, uint32_t local, uint32_t class)
{
	switch (class) {
	case RESULT_NEGATIVE:
		return assume(k, local, TEST_NEGATIVE, 0, true);
	case RESULT_IS_ZERO:
		return assume(k, local, TEST_NEGATIVE, 0, false) &&
		       assume(k, local, TEST_EQUAL, 0, true);
	case RESULT_ONE:
		return assume(k, local, TEST_NEGATIVE, 0, false) &&
		       assume(k, local, TEST_EQUAL, 1, true);
	default:
		return assume(k, local, TEST_NEGATIVE, 0, false) &&
		       assume(k, local, TEST_EQUAL, 0, false) &&
		       assume(k, local, TEST_EQUAL, 1, false);
	}
}
