/* SPDX-License-Identifier: GPL-2.0-only */
/* confidence.h - how much a finding is to be believed, and why not more. */
#ifndef RACYBITS_CONFIDENCE_H
#define RACYBITS_CONFIDENCE_H

#include "context.h"

/*
 * Marks the records that lie in a buffer of bytes which an object that is passed from hand to hand
 * has for whoever holds it (sk_buff.cb: Documentation/networking/skbuff.rst): they go with it.
 */
void records_carried(const struct link *l);
/* One context at a time has an object of this record, by the model. */
bool record_is_handed(const struct link *l, const struct record *r);
/* How far a write is believed (enum confidence): little if its entry point's callers were not seen. */
uint32_t write_confidence(const struct write *w);
/* Fills confidence and doubt of the conflict from those of its two writes. */
void believe_conflict(const struct link *l, const struct unit_verdict *v, struct conflict *c);
/* Fills confidence, doubt and unseen of a write to `obj` (resolved) in contexts[at]. */
void believe_write(const struct link *l, const struct context *contexts, uint32_t at, bool doubted,
		   enum object_phase phase, const struct path *obj, struct write *w);

#endif
