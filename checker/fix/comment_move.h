/* SPDX-License-Identifier: GPL-2.0-only */
/* comment_move.h - comments of the tree that move with a declaration. */
#ifndef RACYBITS_FIX_COMMENT_MOVE_H
#define RACYBITS_FIX_COMMENT_MOVE_H

#include "base/util.h"

/*
 * The comment text[from, to) as it is to stand at column `col`, counted from 0: as it is without blanks
 * at the ends of its lines or, if its lines are not in the kernel's style there
 * (Documentation/process/coding-style.rst, 8), in that style.  With `stays`, lines behind the first are
 * left as they are if the column is the same: a patch shows them as context.  From `a`.
 */
const char *comment_carried(struct arena *a, const char *text, size_t from, size_t to, size_t col,
			    bool stays);

#endif
