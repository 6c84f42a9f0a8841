/* SPDX-License-Identifier: GPL-2.0-only */
/* explore.h - from the entry points down the calls: all contexts, and the writes in them. */
#ifndef RACYBITS_EXPLORE_H
#define RACYBITS_EXPLORE_H

#include "context.h"

/*
 * Makes l->explorer: the contexts of all functions of l->explored that entry points lead to, then of
 * those that nothing seen leads to, and the writes that are reached in them.  After
 * slice_find() and context_demand().
 */
void contexts_explore(struct link *l);
void contexts_check(const struct link *l);
/* Frees it: of all that link makes it is the largest, and verdicts do not need it. */
void contexts_free(struct link *l);

#endif
