/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * refute.h - asks all refuters about a candidate pair: can the two writes happen at once, to one
 * object, without a common lock?
 *
 * A refuter is a row of base/refuters.def and a function refute_NAME() in the file NAME.c of this
 * folder.  It says that the pair is impossible only on evidence that holds for every way to the two
 * stores; what speaks against the pair alone is a doubt.
 */
#ifndef RACYBITS_REFUTE_H
#define RACYBITS_REFUTE_H

#include "link/link.h"

/* What a refuter is asked about: two runtime writes to different fields of one unit. */
struct pair {
	const struct link *l;
	const struct unit_verdict *v;
	const struct write *a, *b;
};

/* What a refuter answers apart from an enum doubt, where DOUBT_NONE is that it has nothing to say. */
#define IMPOSSIBLE DOUBT_COUNT

/*
 * The enum refuter that makes the pair impossible, of those whose answer holds for all writes that
 * race alike (write_groups.h); NONE if none does.
 */
uint32_t refute_group(const struct pair *p);
/* Asks all refuters about the pair, and fills in the members of *c from `refuter` on. */
void refute_pair(const struct pair *p, struct conflict *c);

#endif
