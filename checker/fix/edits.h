/* SPDX-License-Identifier: GPL-2.0-only */
/* edits.h - a list of changes to a text. */
#ifndef RACYBITS_FIX_EDITS_H
#define RACYBITS_FIX_EDITS_H

#include "base/util.h"

/* Replaces text[from, to), an insertion if that is empty. */
struct edit {
	size_t from, to;
	char *with; /* malloc'd */
};

/* Edits of one text must not overlap; all zero is an empty list. */
struct edits {
	struct edit *v;
	size_t n, cap;
};

void edits_add(struct edits *e, size_t from, size_t to, const char *fmt, ...) PRINTF(4, 5);
/*
 * Returns the edited text, malloc'd.  Insertions at one offset are made in the order in which they
 * were added, before a replacement that begins there.
 */
char *edits_apply(struct edits *e, const char *text);
void edits_free(struct edits *e);

#endif
