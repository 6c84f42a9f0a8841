/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slice.h - the functions that are explored: all relevant ones, or a backward slice of the program
 * from the stores to the units that are asked for.
 */
#ifndef RACYBITS_SLICE_H
#define RACYBITS_SLICE_H

#include "link.h"

/*
 * Makes l->explored from p->asked: whether a function is explored.  Each caller of such a function
 * is, so these have the contexts that they have when all are explored.  Makes l->called: whether what it
 * does to locks is asked for.  Each callee of such a function is.  After oneshot_find().
 */
void slice_find(struct link *l);
void slice_check(const struct link *l);

/* Is a verdict on the units of the record asked for? */
bool record_is_asked(const struct link *l, const struct record *r);

#endif
