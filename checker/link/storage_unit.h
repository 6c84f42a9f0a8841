/* SPDX-License-Identifier: GPL-2.0-only */
/* storage_unit.h - from the fields of a record to its storage units: pure arithmetic. */
#ifndef RACYBITS_LAYOUT_H
#define RACYBITS_LAYOUT_H

#include "base/util.h"

/*
 * Computes r->units and r->nunits (allocated from `a`) from r->fields, and sets
 * unit of every field.
 *
 * A unit is a C11 3.14 memory location: a maximal run of adjacent nonzero-width
 * bitfields.  A `:0`, a member that is no bitfield and a change of field.group
 * end it; an unnamed bitfield of nonzero width does not, packed or not.  A run
 * without a named bitfield is no unit.
 *
 * Runs whose bits overlap (alternatives of a union) are one unit, so between
 * unit.first and unit.last there may be fields of other units: test field.unit.
 * A union member that is no bitfield belongs to the first unit that it overlays.
 */
void layout_units(struct record *r, struct arena *a);

/*
 * Whether storing to `f`, a field of the unit's record, writes bits of `u`.
 * True for the bitfields of the unit and for every union member that overlays it.
 */
bool layout_overlap(const struct field *f, const struct unit *u);

#endif
