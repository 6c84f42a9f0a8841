/* SPDX-License-Identifier: GPL-2.0-only */
/* store_groups.h - fields that are given constants one after the other. */
#ifndef RACYBITS_STORE_GROUPS_H
#define RACYBITS_STORE_GROUPS_H

#include "lockset.h"

/*
 * The stores of constants to one object that stand together with the write of `pt` in f, as a number
 * that is the same for the same fields and values in the same order; 0: it stands alone.
 */
uint64_t stored_together(const struct link *l, uint32_t f, const struct point *pt);

#endif
