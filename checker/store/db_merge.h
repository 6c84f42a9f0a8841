/* SPDX-License-Identifier: GPL-2.0-only */
/* db_merge.h - merging databases whose facts were gathered by several machines. */
#ifndef RACYBITS_DB_MERGE_H
#define RACYBITS_DB_MERGE_H

#include <stddef.h>

/*
 * Makes the database `out` of the `n` databases `parts`; their order does not matter.  A tu that is in
 * several of them is taken from one where it did not fail.  `out` appears whole or not at all, in place
 * of a file of that name.  Dies if a part is missing, damaged or in use, or if `out` cannot be written.
 */
void db_merge(const char *out, char *const *parts, size_t n);

#endif
