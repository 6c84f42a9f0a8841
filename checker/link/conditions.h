/* SPDX-License-Identifier: GPL-2.0-only */
/* conditions.h - the tests that guard a store, in terms of members and numbers. */
#ifndef RACYBITS_CONDITIONS_H
#define RACYBITS_CONDITIONS_H

#include "lockset.h"

/*
 * Fills w->conditions, allocated from l->arena, for the write at `pt` of w->function: what members and
 * parameters are tested to be on all paths to it in the function.
 */
void conditions_fill(struct link *l, const struct point *pt, struct write *w);

#endif
