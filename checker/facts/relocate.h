/* SPDX-License-Identifier: GPL-2.0-only */
/* relocate.h - facts of a tu whose headers have changed in a way that concerns it only in where things are. */
#ifndef RACYBITS_FACTS_RELOCATE_H
#define RACYBITS_FACTS_RELOCATE_H

#include "base/source_change.h"
#include "facts.h"

/* A header that has changed. */
struct relocation {
	const char *file; /* as facts name it */
	const struct source_change *change;
};

enum relocated {
	RELOCATED_SAME,	  /* the fact does not change */
	RELOCATED_MOVED,  /* only in where things are */
	RELOCATED_RECORD, /* a record whose members change: only a parse tells */
	RELOCATED_LOST,	  /* it is part of the change, or damaged */
};

/* Says what becomes of a chunk; RELOCATED_MOVED: appends the one that takes its place to `out`. */
enum relocated facts_relocate(uint32_t kind, const unsigned char *data, size_t n,
			      const struct relocation *r, size_t nr, struct buf *out);

/*
 * Is `b` the record `a` with other members, so that code which uses none of the names of the changes means the same
 * with it?  Of a change of layouts, it is whatever the members.  Otherwise both have as many bytes, and bitfields or
 * none, and the other members are at the same places, but for bitfields, to which there are no pointers.
 */
bool facts_record_replaces(const struct record *a, const struct record *b,
			   const struct relocation *r, size_t nr);

#endif
