/* SPDX-License-Identifier: GPL-2.0-only */
/* pair_listing.h - all candidate pairs of a unit, for a reader who asks for them. */
#ifndef RACYBITS_PAIR_LISTING_H
#define RACYBITS_PAIR_LISTING_H

#include "link.h"

/*
 * Fills v->pairs, allocated from l->arena, with every candidate pair and what the refuters say of it,
 * if the unit is of the record that p->pairs_of asks for.  Pairs that differ only in their call chains
 * or locks, and of which the refuters say the same, are there once.
 */
void pairs_keep(struct link *l, struct unit_verdict *v);

#endif
