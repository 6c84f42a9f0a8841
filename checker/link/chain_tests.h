/* SPDX-License-Identifier: GPL-2.0-only */
/* chain_tests.h - the tests of members that a call chain passes on the way to its write. */
#ifndef RACYBITS_CHAIN_TESTS_H
#define RACYBITS_CHAIN_TESTS_H

#include "member_tests.h"

/* Makes and frees l->passed, the tests of functions that were asked for. */
void chain_tests_begin(struct link *l);
void chain_tests_end(struct link *l);
/*
 * A test that a chain passes; `changes`: from its function down to the store the member may be changed
 * before.
 */
struct chain_test {
	struct fact fact;
	bool changes;
};

/*
 * Returns the tests that all paths to the write pass in some function of the chain of w, *n of them: of
 * members that are found from the object written.  The caller frees them.  While the writes are judged.
 */
struct chain_test *chain_tests_find(const struct link *l, const struct write *w, uint32_t *n);

/* Is told of each test that a chain passes: its `obj` is in the frame of function f. */
typedef void chain_test_fn(void *ctx, uint32_t f, const struct member_test *t);
/* Calls `each` for all tests that all paths to the write pass in some function of the chain of w. */
void chain_tests_each(const struct link *l, const struct write *w, chain_test_fn *each, void *ctx);

#endif
