/* SPDX-License-Identifier: GPL-2.0-only */
/* tree_row.h - a row of the table `tree`: the name of a kernel tree and its configuration. */
#ifndef RACYBITS_TREE_ROW_H
#define RACYBITS_TREE_ROW_H

#include "store_priv.h"

/* The id of the tree with that name, which is added if it is new. */
int64_t tree_row_id(struct store *s, const char *name);

#endif
