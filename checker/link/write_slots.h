/* SPDX-License-Identifier: GPL-2.0-only */
/* write_slots.h - contexts that no verdict distinguishes share one write. */
#ifndef RACYBITS_WRITE_SLOTS_H
#define RACYBITS_WRITE_SLOTS_H

#include "writes.h"

/*
 * Where a write to the field is in c->slots, with what no verdict tells apart from `w`, or where it is to
 * stand: index + 1, or 0.  Valid until the next call for the unit.
 */
uint32_t *collected_slot(struct collected *c, const struct write *w, uint32_t field);

#endif
