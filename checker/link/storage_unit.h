/* SPDX-License-Identifier: GPL-2.0-only */
/* storage_unit.h - finds the storage units of a record from the offsets of its fields. */
#ifndef RACYBITS_STORAGE_UNIT_H
#define RACYBITS_STORAGE_UNIT_H

#include "base/util.h"

/*
 * Fills r->units and r->nunits, allocated from `a`, and the unit of each of r->fields.
 *
 * A unit is a memory location (C11 3.14) made of bitfields: a maximal run of adjacent bitfields
 * of nonzero width.  It ends at a `:0`, at a member that is no bitfield, and where field.group
 * changes (an anonymous struct or union begins or ends).  An unnamed bitfield of nonzero width does
 * not end it, whether or not the record is packed.  A run without a named bitfield is no unit.
 *
 * Runs whose bits overlap, in a union, are one unit.  So there may be fields of other units between
 * unit.first and unit.last: field.unit tells.  A union member that is no bitfield belongs to the
 * first unit that it overlays.
 */
void layout_units(struct record *r, struct arena *a);

/*
 * Does a store to `f`, a field of the unit's record, write bits of `u`?  So do the bitfields of the
 * unit, and union members that overlay it.
 */
bool layout_overlap(const struct field *f, const struct unit *u);

#endif
