/* SPDX-License-Identifier: GPL-2.0-only */
/* relayout.h - where the members of a record lie when they are declared in another order. */
#ifndef RACYBITS_FIX_RELAYOUT_H
#define RACYBITS_FIX_RELAYOUT_H

#include "base/util.h"

/* One member of a record, in an order that is tried. */
struct relayout_member {
	uint32_t field; /* index into record.fields */
	bool moved; /* it has a type of `bits` bits now, and is no bitfield unless `width` is set */
	uint64_t bits;
	uint32_t width;		       /* in bits, or 0 */
	bool fence_above, fence_below; /* a `:0` of that type is declared there */
};

/*
 * Lays out the members in the given order as the System V ABI does: offsets[i] becomes the offset in
 * bits of r->fields[i].  Returns sizeof in bytes.  The alignment of a member follows from the name of
 * its type or, if that says nothing, from where it lies in `r`.
 */
uint64_t relayout(const struct record *r, const struct relayout_member *order, uint32_t n,
		  uint64_t *offsets);

/*
 * Does relayout() in the order of declaration give the record as the compiler laid it out?  If not,
 * *field is the first member that it puts elsewhere, or r->nfields if only sizeof differs.
 */
bool relayout_explains(const struct record *r, uint32_t *field);

/* A copy of `r`, from `a`, in which members of the record `key` have `bytes` bytes, laid out anew. */
const struct record *relayout_resized(const struct record *r, str key, uint64_t bytes,
				      struct arena *a);

#endif
