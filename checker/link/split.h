/* SPDX-License-Identifier: GPL-2.0-only */
/* split.h - which fields a fix moves out of a racy unit. */
#ifndef RACYBITS_LINK_SPLIT_H
#define RACYBITS_LINK_SPLIT_H

#include "link.h"

/*
 * Fills v->split_lifetime, all fields that are written at runtime, and v->split_strict, the fewest
 * fields without which no two conflict (a minimum vertex cover of the conflict graph).  Of covers
 * of one size the one is chosen that moves fields with unlocked writes, then those with more
 * conflicts, then the first ones.  After v->conflicts; allocated from l->arena.
 */
void split_choose(struct link *l, struct unit_verdict *v);

#endif
