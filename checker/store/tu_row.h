/* SPDX-License-Identifier: GPL-2.0-only */
/* tu_row.h - a row of the table `tu`: what is kept of one translation unit. */
#ifndef RACYBITS_TU_ROW_H
#define RACYBITS_TU_ROW_H

#include "store_priv.h"

/* The row of a tu in this tree, at the columns sum, key, failed, files, chunks; NULL if there is none. */
struct sqlite3_stmt *tu_row_get(struct store *s, const struct tu *tu);
/* Key of a tu that a build compiled, whatever its command was. */
uint64_t tu_row_built_key(const struct tu *tu, uint64_t tool_key);
/* Key of a tu with its command. */
uint64_t tu_row_key(const struct tu *tu, uint64_t tool_key);

#endif
