/* SPDX-License-Identifier: GPL-2.0-only */
/* filled.h - objects that are filled anew: their bytes are overwritten whole, and then their fields set. */
#ifndef RACYBITS_FILLED_H
#define RACYBITS_FILLED_H

#include "link.h"

/*
 * Does the write overwrite the whole unit with what is around it, as memset() does, or is it a store behind such a
 * call or assignment to the same object, on all paths through a function of its chain?  Whoever does that has
 * the object to itself, as one just taken from a pool.  After frames_begin().
 */
bool write_fills_anew(const struct link *l, const struct unit_verdict *v, const struct write *w);

#endif
