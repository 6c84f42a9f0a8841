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
 * Asks those refuters about the pair whose answer holds for all writes that race alike (write_groups.h), and
 * fills in the members of *c from `refuter` on, but for `doubt`.
 */
void refute_group(const struct pair *p, struct conflict *c);
/* Is the conflict, with the doubts that it has so far, of no use? */
typedef bool hopeless_fn(void *ctx, const struct conflict *c);
/*
 * Asks the others, after refute_group().  Returns false, with doubts missing in *c, as soon as it is of no
 * use; all refuters that may make the pair impossible are asked before that.
 */
bool refute_further(const struct pair *p, struct conflict *c, hopeless_fn *hopeless, void *ctx);
/* Asks all refuters about the pair, and fills in the members of *c from `refuter` on. */
void refute_pair(const struct pair *p, struct conflict *c);

#endif
