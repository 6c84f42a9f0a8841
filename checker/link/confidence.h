/* SPDX-License-Identifier: GPL-2.0-only */
/* confidence.h - how sure a write and a conflict are, and the doubt that makes them less so. */
#ifndef RACYBITS_CONFIDENCE_H
#define RACYBITS_CONFIDENCE_H

#include "context.h"

/* The enum confidence of a write: low if the callers of its entry point were not analysed. */
uint32_t write_confidence(const struct write *w);
/*
 * Fills confidence and doubt of a conflict, whose other members are filled in: those of its weaker
 * write, and lower if something is doubted of the two together.
 */
void believe_conflict(const struct link *l, const struct unit_verdict *v, struct conflict *c);
/*
 * Fills confidence, doubt and unseen of a write in contexts[at] to an object in `phase`, with the
 * resolved path `obj`.  `doubted`: on other paths to it in its function another lock is held.
 */
void believe_write(const struct link *l, const struct context *contexts, uint32_t at, bool doubted,
		   enum object_phase phase, const struct path *obj, struct write *w);

#endif
