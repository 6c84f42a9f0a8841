/* SPDX-License-Identifier: GPL-2.0-only */
/* stored_range.h - the values that are stored in a bitfield, from the facts. */
#ifndef RACYBITS_FIX_STORED_RANGE_H
#define RACYBITS_FIX_STORED_RANGE_H

#include "base/uses.h"
#include "base/util.h"

/*
 * Finds a store to bitfield `f` of record `r` whose value may be one that the bitfield does not hold, so
 * that it is cut off (C11 6.3.1.3): returns it and the range of its value in *low and *high, or NULL if
 * every store keeps its value.
 */
const struct member_use *stored_misfit(const struct program *p, const struct record *r,
				       const struct field *f, long long *low, long long *high);

#endif
