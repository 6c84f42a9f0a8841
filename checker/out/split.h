/* SPDX-License-Identifier: GPL-2.0-only */
/* split.h - which fields the chosen policy moves out of a racy unit. */
#ifndef RACYBITS_SPLIT_H
#define RACYBITS_SPLIT_H

#include "base/util.h"

/* Does the program's policy move the field with this index in u->fields? */
bool split_moves(const struct program *p, const struct unit_verdict *u, uint32_t field);
/* One line without its end: the fields that move, and those that stay and why they may. */
void put_split(FILE *f, const struct program *p, const struct unit_verdict *u);

#endif
