/* SPDX-License-Identifier: GPL-2.0-only */
/* room.h - how far a record may grow into the padding behind it in the records that embed it. */
#ifndef RACYBITS_FIX_ROOM_H
#define RACYBITS_FIX_ROOM_H

#include "base/util.h"

/*
 * The greatest size in bytes, at most twice that of the record and 64 more, with which all members of all
 * records that embed it stay where they are.  Its own size if nothing embeds it, or an array of it is there.
 */
uint64_t record_room(const struct program *p, const struct record *r, struct arena *a);

#endif
