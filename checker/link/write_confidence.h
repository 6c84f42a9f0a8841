/* SPDX-License-Identifier: GPL-2.0-only */
/* write_confidence.h - how sure a write is, and the doubt that makes it less so. */
#ifndef RACYBITS_WRITE_CONFIDENCE_H
#define RACYBITS_WRITE_CONFIDENCE_H

#include "context.h"

/* The enum confidence of a write: low if the callers of its entry point were not analysed. */
uint32_t write_confidence(const struct write *w);
/* Before the first believe_write(). */
void believe_begin(struct link *l);
/*
 * Fills confidence, doubt and unseen of a write in context `at` to an object in `phase`, with the
 * resolved path `obj`.
 */
void believe_write(const struct link *l, uint32_t at, uint32_t doubted, enum object_phase phase,
		   const struct path *obj, struct write *w);
/* Is a chain of so many calls not believed if one of them has several callees? */
bool chain_is_long(uint32_t calls);
/* Makes the confidence low, for this doubt, if it is not. */
void doubt_write(enum doubt doubt, struct write *w);

#endif
