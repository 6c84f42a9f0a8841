/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * routes.h - further ways to a store than the one that a context keeps.
 *
 * Of all chains of calls that enter a function alike a context keeps one.  A library is entered by many
 * drivers: which of these the kept chain starts in is chance, and two stores are only seen to race if
 * both start in one of them.
 */
#ifndef RACYBITS_ROUTES_H
#define RACYBITS_ROUTES_H

#include "link.h"

/*
 * The pass: adds to the collected units a write for each further way that starts in the file, or else in
 * the module, in which another writer of the unit starts.  After writes_collect() and modules_find().
 */
void routes_add(struct link *l);

/* The function that the chain of the write starts in. */
uint32_t write_start(const struct write *w);
/* Is a further way, if one of the two is one, there for the other?  It starts in one module with that. */
bool routes_meet(const struct link *l, const struct write *a, const struct write *b);
/* Drops the writes of further ways that no conflict of the unit shows. */
void routes_drop(struct unit_verdict *v);

#endif
