/* SPDX-License-Identifier: GPL-2.0-only */
/* explore.h - from the entry points down the calls to every write of a unit. */
#ifndef RACYBITS_EXPLORE_H
#define RACYBITS_EXPLORE_H

#include "context.h"

/* Makes l->explorer: the contexts of all relevant functions.  After context_demand(). */
void contexts_explore(struct link *l);
/* Frees them: no later pass needs them. */
void contexts_free(struct link *l);

#endif
