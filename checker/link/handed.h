/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * handed.h - records whose objects are handed from context to context: a packet, a request, a
 * message.  One context at a time has such an object, and so its writes do not race.
 */
#ifndef RACYBITS_HANDED_H
#define RACYBITS_HANDED_H

#include "link.h"

/*
 * Sets RECORD_CARRIED of the records that the program puts into byte arrays of handed objects.
 * Before record_is_handed().
 */
void handed_mark_carried(const struct link *l);
/* Is an object of this record handed from context to context, by the model or as part of one? */
bool record_is_handed(const struct link *l, const struct record *r);

#endif
