/* SPDX-License-Identifier: GPL-2.0-only */
/* store_groups.h - constants that one block stores into several fields of one object. */
#ifndef RACYBITS_STORE_GROUPS_H
#define RACYBITS_STORE_GROUPS_H

#include "base/numbers.h"
#include "lockset.h"

/*
 * The constants that the block of the write of `pt` stores into the fields of its object, as the
 * number that `groups` has for them: the same for the same fields and values in the same order.
 * 0 if the write is no such store, or the only one, or the block stores anything else there.
 */
uint32_t store_group(const struct link *l, struct numbers *groups, uint32_t f,
		     const struct point *pt);

#endif
