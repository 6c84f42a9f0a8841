/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * makers.h - drivers that allocate objects of their own.
 *
 * A driver is a file of which no other file calls a function, else a directory.  It *makes* objects of a
 * record if one of its functions allocates one, itself or by a function of its core, and keeps it.
 */
#ifndef RACYBITS_MAKERS_H
#define RACYBITS_MAKERS_H

#include "link.h"

/* The pass: finds what each driver makes, and which call which.  After modules_find(). */
void makers_find(struct link *l);
void makers_free(struct link *l);
/* The file of the function if it is a driver by itself; else 0. */
str lone_driver(const struct link *l, uint32_t f);
/*
 * Does each of the chains lead through a driver that makes objects of the record, and does neither of
 * these two, the nearest to the stores, call the other?  Then each works on its own objects, though both
 * may call one core.
 */
bool makers_are_apart(const struct link *l, str record, const struct write *a,
		      const struct write *b);

#endif
