/* SPDX-License-Identifier: GPL-2.0-only */
/* publication.h - which objects other code can reach at a point, and which it may already use. */
#ifndef RACYBITS_PUBLICATION_H
#define RACYBITS_PUBLICATION_H

#include "lockset_transfer.h"

/* Takes published, handed_out and exposed over a call that objects are passed to. */
void publish_args(struct lock_flow *w, struct lock_state *s, uint32_t call);
/* The same for a pointer that is stored: an EV_STORE. */
void publish_store(struct lock_flow *w, struct lock_state *s, const struct event *e);
/* The result of the call is a new object: in the next round of a loop, another one. */
void unpublish_result(const struct lock_flow *w, struct lock_state *s, uint32_t call);

#endif
