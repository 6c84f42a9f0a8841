/* SPDX-License-Identifier: GPL-2.0-only */
/* member_tests.h - what the branches of a function tell of members, also by functions that only test. */
#ifndef RACYBITS_MEMBER_TESTS_H
#define RACYBITS_MEMBER_TESTS_H

#include "link.h"

/* A test of obj.field that holds or fails, as predicates.h has it; `obj` is in the frame of a function. */
struct member_test {
	struct path obj;
	str field;
	uint32_t test; /* enum test_kind */
	bool holds;
	long long value;
};

struct member_tests {
	struct member_test *all;
	size_t n, cap;
};

/*
 * Adds to *out what holds where control goes from block `b` of f to its successor `which`: the test of a
 * member at its end; if that is a test of the result of a call with one callee, what this callee has found
 * on all of its paths to such a result.  The caller frees out->all.
 */
void member_tests_of_edge(const struct link *l, uint32_t f, const struct block *b, uint32_t which,
			  struct member_tests *out);
/* Do both say the same, of one object? */
bool same_member_test(const struct member_test *a, const struct member_test *b);

#endif
