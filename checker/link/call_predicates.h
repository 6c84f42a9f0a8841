/* SPDX-License-Identifier: GPL-2.0-only */
/* call_predicates.h - which predicates hold at each call of a function. */
#ifndef RACYBITS_CALL_PREDICATES_H
#define RACYBITS_CALL_PREDICATES_H

#include "predicates.h"

/*
 * For each call of f, what holds on all paths to it: an array of function.ncalls, which the
 * caller frees.  A call that no path leads to has no predicates.  Uses l->callgraph, l->modref and
 * l->specialised.
 */
struct predicates *call_predicates(const struct link *l, uint32_t f);

#endif
