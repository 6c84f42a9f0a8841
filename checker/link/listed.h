/* SPDX-License-Identifier: GPL-2.0-only */
/* listed.h - lists and tables that an object is in for life. */
#ifndef RACYBITS_LISTED_H
#define RACYBITS_LISTED_H

#include "link.h"

/* Makes and frees l->listed, the answers that were given.  After escape_summarise(). */
void listed_begin(struct link *l);
void listed_end(struct link *l);
/*
 * Is an object put into a list by that member (of the record with the key `record`) only where it is made,
 * or where it is found in the same list?  Then it is never moved to another list.
 */
bool listed_for_life(const struct link *l, str record, str member);
/* Does a callee of call `c` of f store its argument `a` in another object, as one that adds to a list does? */
bool call_adds(const struct link *l, uint32_t f, uint32_t c, uint32_t a);

#endif
