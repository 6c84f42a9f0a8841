/* SPDX-License-Identifier: GPL-2.0-only */
/* db_merge.h - facts gathered by several machines in one database (store room). */
#ifndef RACYBITS_JOIN_H
#define RACYBITS_JOIN_H

#include <stddef.h>

/*
 * Makes the database `out` of what is in the `n` databases `parts`; the same bytes whatever their
 * order.  A unit that is in several of them is taken from one where it did not fail.  `out` appears
 * whole or not at all, in place of a file of that name.  Dies if a part is missing, damaged or in use,
 * or if `out` cannot be written.
 */
void store_join(const char *out, char *const *parts, size_t n);

#endif
