/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * entry_kinds.h - the kind of the object that an entry point is called with, by the tables it is in.
 *
 * A driver that installs one table of callbacks on some of its devices, and another one on others, is
 * called by way of the two tables for two devices.
 */
#ifndef RACYBITS_ENTRY_KINDS_H
#define RACYBITS_ENTRY_KINDS_H

#include "link.h"

/* Makes and frees l->entry_kinds, which the look-up below needs.  After frames_begin() and kept_begin(). */
void entry_kinds_begin(struct link *l);
void entry_kinds_end(struct link *l);
/* Makes l remember its own answers; entry_kinds_forget() frees them. */
void entry_kinds_remember(struct link *l);
void entry_kinds_forget(struct link *l);
/*
 * Are the entry points of the two writes in tables that no object has both of, and the objects written
 * found from theirs by different members, or in them?
 */
bool entries_are_of_two_kinds(const struct link *l, const struct write *a, const struct write *b);

#endif
