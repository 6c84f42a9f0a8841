/* SPDX-License-Identifier: GPL-2.0-only */
/* context_demand.h - what of an entry context a function looks at. */
#ifndef RACYBITS_CONTEXT_DEMAND_H
#define RACYBITS_CONTEXT_DEMAND_H

#include "context.h"

/* What a function may ask of a context, beside bit i: the phase of parameter i. */
#define NEEDS_ALLOC (1 << PARAMS_MAX)
#define NEEDS_GLOBAL (2 << PARAMS_MAX)

/* Makes l->demand: for each relevant function, what it asks of a context.  After
 * lockset_summarise(). */
void context_demand(struct link *l);

#endif
