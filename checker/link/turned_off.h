/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * turned_off.h - callbacks that the code turns off for a while, as those of runtime PM or a NAPI poll.
 *
 * What turns them on is called only while they are off.
 */
#ifndef RACYBITS_TURNED_OFF_H
#define RACYBITS_TURNED_OFF_H

#include "link.h"

/* Makes and frees l->turned_off.  After callgraph_build(). */
void turned_off_begin(struct link *l);
void turned_off_end(struct link *l);
/*
 * Is the entry point of b's chain a callback that is off at the store of a, or does the chain lead through a
 * function that stores nothing then?  A function of a's chain has
 * turned it off on all paths, and nothing has turned it on since; or it turns it on behind the store, and
 * nothing turns it off in between.
 */
bool turned_off_at(const struct link *l, const struct write *a, const struct write *b);

#endif
