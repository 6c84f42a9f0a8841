/* SPDX-License-Identifier: GPL-2.0-only */
/* layouts.h - the units of a record that has several layouts, each unit once. */
#ifndef RACYBITS_LAYOUTS_H
#define RACYBITS_LAYOUTS_H

#include "link.h"

struct layout_unit {
	const struct record *record;
	uint32_t unit; /* index into record->units */
};

/*
 * The unit that stands for this one: that of the first layout of the record which has the same
 * bitfields beside one another, of the same names and widths.  Tus with either layout store to it alike,
 * so they are judged together; which layout has more or other members elsewhere does not matter.
 */
struct layout_unit layout_unit_find(const struct link *l, const struct record *r, uint32_t unit);

#endif
