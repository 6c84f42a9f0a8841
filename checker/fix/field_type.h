/* SPDX-License-Identifier: GPL-2.0-only */
/* field_type.h - the type that a bitfield gets as a member of its own. */
#ifndef RACYBITS_FIX_FIELD_TYPE_H
#define RACYBITS_FIX_FIELD_TYPE_H

#include "plan.h"

/*
 * Fills in type, bits, width and why_width of the move of bitfield `f` of record `r`: the smallest type
 * in which it reads back every value as it does now (C11 6.3.1.1p2, 6.3.1.3, 6.7.2.1p5).  If a store may
 * be cut off, or reads would be promoted to another type, it keeps its width: it is then a bitfield
 * alone in its storage unit.  Memory is from `a`.
 */
void field_type_choose(const struct program *p, const struct record *r, const struct field *f,
		       struct field_move *m, struct arena *a);

#endif
