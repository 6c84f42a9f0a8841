/* SPDX-License-Identifier: GPL-2.0-only */
/* alternatives.h - chains that part at two cases of one function, as at two commands of an ioctl. */
#ifndef RACYBITS_ALTERNATIVES_H
#define RACYBITS_ALTERNATIVES_H

#include "link.h"

/* Makes and frees l->alternatives.  After frames_begin(). */
void alternatives_begin(struct link *l);
void alternatives_end(struct link *l);
/*
 * Do the two chains, which begin alike, part at two calls of one function of which none leads to the other?
 * One call of that function goes one of the two ways, so that two tasks are needed for both.
 */
bool chains_are_alternatives(const struct link *l, const struct write *a, const struct write *b);

#endif
