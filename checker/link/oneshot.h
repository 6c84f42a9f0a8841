/* SPDX-License-Identifier: GPL-2.0-only */
/* oneshot.h - callbacks that run once, as each frees the object that it is handed. */
#ifndef RACYBITS_ONESHOT_H
#define RACYBITS_ONESHOT_H

#include "context.h"

/* Finds the callbacks that free what they are handed, and where they are stored. */
void oneshot_find(struct link *l);
/* Notes from which entry points such callbacks are stored.  After all contexts are explored. */
void oneshot_settle(struct link *l);
void oneshot_free(struct link *l);

/* The nearest callback on the way to context `at` that frees what it is handed, or NONE. */
uint32_t oneshot_in_chain(const struct link *l, const struct context *contexts, uint32_t at);
/*
 * Does the callback (a function, or NONE) run once for each object of the unit: is all that stores
 * it reached from entry points that set such objects up?  After oneshot_settle().
 */
bool oneshot_for(const struct link *l, const struct unit_verdict *v, uint32_t callback);

#endif
