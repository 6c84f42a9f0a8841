/* SPDX-License-Identifier: GPL-2.0-only */
/* gates.h - works that are started only where a member was found set. */
#ifndef RACYBITS_GATES_H
#define RACYBITS_GATES_H

#include "link.h"

/* The names of the works whose callback begins the chain of w, of which there are *n: none if it is no work's. */
const uint32_t *works_of_chain(const struct link *l, const struct write *w, size_t *n);
/*
 * Is the entry point of w's chain the callback of a work, and is each start of it behind a test, in the
 * same function, by which the member record.field (a key, a name) is not 0?
 */
bool gate_of_work(const struct link *l, const struct write *w, str record, str field);
/*
 * Is the entry point of b's chain the callback of a work, and does a function of a's chain, on all paths to
 * the store of a, wait for the work, and assign a member that is 0 wherever the work is started?
 */
bool gates_shut(const struct link *l, const struct write *a, const struct write *b);

#endif
