/* SPDX-License-Identifier: GPL-2.0-only */
/* context_demand.h - what of its entry context a function looks at. */
#ifndef RACYBITS_CONTEXT_DEMAND_H
#define RACYBITS_CONTEXT_DEMAND_H

#include "context.h"

/* A set: bit i < PARAMS_MAX is the phase of parameter i's object, the others are these. */
#define DEMAND_ALLOC (1 << PARAMS_MAX)	/* context.alloc_phase */
#define DEMAND_GLOBAL (2 << PARAMS_MAX) /* context.global_phase */

/*
 * Makes l->demand: which phases of a context each relevant function asks for, for the objects
 * that it writes or passes on to callees which ask for theirs.  All other phases tell no contexts
 * apart.  After lockset_summarise().
 */
void context_demand(struct link *l);
void context_demand_check(const struct link *l);

#endif
