/* SPDX-License-Identifier: GPL-2.0-only */
/* compare_writes.h - which two writes show that two fields of one unit conflict. */
#ifndef RACYBITS_COMPARE_WRITES_H
#define RACYBITS_COMPARE_WRITES_H

#include "link.h"

/*
 * Fills v->conflicts, allocated from l->arena, from the writes and fields of the unit: each pair of
 * fields that two writes may update at once, with the two that make the best witness.
 */
void conflicts_find(struct link *l, struct unit_verdict *v);

#endif
