/* SPDX-License-Identifier: GPL-2.0-only */
/* shortest.h - each context by the shortest chain that leads to it. */
#ifndef RACYBITS_SHORTEST_H
#define RACYBITS_SHORTEST_H

#include "context.h"

/*
 * Makes the nearest to an entry point, of all callers that lead to a context in the same way (struct
 * other_call), its parent.  The old parent becomes one of the others.
 */
void contexts_shorten(struct link *l);

#endif
