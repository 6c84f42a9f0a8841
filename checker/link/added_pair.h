/* SPDX-License-Identifier: GPL-2.0-only */
/* added_pair.h - the candidate pair that a series of patches adds to a unit. */
#ifndef RACYBITS_ADDED_PAIR_H
#define RACYBITS_ADDED_PAIR_H

#include "link.h"

/*
 * Sets v->added, allocated from l->arena, to the best pair of racing writes of which at least one is
 * reached through a line of program.added: its store, or a call that leads to it.  NULL: there is none.
 * v->conflicts may have a better pair of the same two fields, which was there before.
 */
void added_pair_find(struct link *l, struct unit_verdict *v);

#endif
