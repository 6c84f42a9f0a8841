/* SPDX-License-Identifier: GPL-2.0-only */
/* chain_tests.h - the tests of members that a call chain passes on the way to its write. */
#ifndef RACYBITS_CHAIN_TESTS_H
#define RACYBITS_CHAIN_TESTS_H

#include "link.h"

/* Makes and frees l->passed, the tests of functions that were asked for. */
void chain_tests_begin(struct link *l);
void chain_tests_end(struct link *l);
/*
 * Returns the tests that all paths to the write pass in some function of the chain of w, *n of them: of
 * members that are found from the object written, and that neither this function nor one that it calls
 * changes.  The caller frees them.  While the writes are judged.
 */
struct fact *chain_tests_find(const struct link *l, const struct write *w, uint32_t *n);

#endif
