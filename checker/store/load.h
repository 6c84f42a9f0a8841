/* SPDX-License-Identifier: GPL-2.0-only */
/* load.h - the facts of many translation units as the flat arrays of one program. */
#ifndef RACYBITS_LOAD_H
#define RACYBITS_LOAD_H

#include "store.h"

/*
 * Fills records, functions, slots, declarations, failed and the statistics tus, failed, functions and
 * variants of the program from the tus of the list, which must be fresh or put.  `arena` owns the
 * arrays.  They are sorted by file, line, column and key (declarations by function).  Several
 * records or functions with one key get keys of their own, see variants.h.
 */
void store_load(struct store *s, const struct tu_list *tus, struct program *p, struct arena *arena);

#endif
