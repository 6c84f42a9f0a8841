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
/* The guard of the field as it is held at its first runtime write; NULL: at none. */
const struct held *guard_held(const struct unit_verdict *u, const struct unit_field *uf);
/*
 * The lock in words, in a sentence about the record: as it is or, of a pseudo-lock "LOCK(dev)", "LOCK of hdev" by the
 * member that leads to the device if that is known, else "LOCK of its device"; of another, "work foo_work()".
 */
const char *lock_words(const struct record *r, const char *name, const struct held *h,
		       struct arena *a);
/* Column, from 0, of text[at] in its line; tabs are 8 wide. */
size_t text_column(const char *text, size_t at);

#endif
