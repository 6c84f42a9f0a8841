/* SPDX-License-Identifier: GPL-2.0-only */
/* comments.h - the comments that a patch writes above fields: which lock guards their writes. */
#ifndef RACYBITS_FIX_COMMENTS_H
#define RACYBITS_FIX_COMMENTS_H

#include "plan.h"

/* All strings are from `a` or static. */

/* The comment above the fields that stay bitfields of the unit; NULL: none stays. */
const char *comment_kept(const struct fix_plan *plan, const struct unit_verdict *u,
			 struct arena *a);
/* The comment above a group of fields that move; `m` is the first of them. */
const char *comment_moved(const struct field_move *m, struct arena *a);
/*
 * The comment as whole lines that begin with `indent`, of at most 80 columns if its words allow that:
 * several, in the kernel's style (Documentation/process/coding-style.rst, 8), if it does not fit one.
 */
const char *comment_lines(struct arena *a, const char *indent, const char *comment);
/* Column, from 0, of text[at] in its line; tabs are 8 wide. */
size_t text_column(const char *text, size_t at);

#endif
