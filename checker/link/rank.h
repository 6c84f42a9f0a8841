/* SPDX-License-Identifier: GPL-2.0-only */
/* rank.h - which candidate pair is the better argument: what a maintainer believes and can check. */
#ifndef RACYBITS_RANK_H
#define RACYBITS_RANK_H

#include "link.h"

/* What is compared, in this order; the smaller the better. */
enum criterion {
	RANK_UNSEEN,	/* writes that rest on callers that were not analysed */
	RANK_DISBELIEF, /* CONF_HIGH - confidence */
	RANK_RACE_OK,	/* the source accepts the race */
	RANK_APART,	/* compilers, of gcc and clang, whose two stores have no byte in common */
	RANK_DOUBTS,
	RANK_WHOLE, /* stores that write the whole record */
	RANK_ONCE,  /* stores that happen once for an object */
	RANK_ROOT,  /* both are entered in one way: 1 if by any two tasks, else 2 */
	RANK_SELDOM, /* writers outside of everyday use of the object; those that are .seldom count twice */
	RANK_KIND, /* writers that only objects of one kind have, as one of the chips that a driver knows */
	RANK_INTERNAL, /* both are in contexts that the code itself has started */
	RANK_UNREAD,   /* fields that nothing reads */
	RANK_LENGTH,   /* calls in the chains, an indirect one twice, and locks held exclusively */
	CRITERIA
};

/* How good an argument a write, or a pair of writes, makes. */
struct merit {
	uint32_t of[CRITERIA];
};

/* The merit of one write of the unit; that of two writes, whatever pair they are. */
struct merit merit_of(const struct link *l, const struct write *w);
struct merit merit_of_both(const struct merit *a, const struct merit *b);
/* The merit of the two fields of `c`, whichever writes to them make the pair. */
struct merit merit_of_fields(const struct unit_verdict *v, const struct conflict *c);
/* Adds to that of two writes what is only so of them and their fields together, but for the doubts of `c`. */
void merit_add_pair(const struct link *l, const struct unit_verdict *v, const struct merit *fields,
		    const struct conflict *c, struct merit *m);
/* Adds what the refuters said of `c`. */
void merit_add_doubts(const struct conflict *c, struct merit *m);
/* A merit that is at least as good as both. */
struct merit merit_bound(const struct merit *a, const struct merit *b);
/* Less than 0 if `a` is better, more than 0 if `b` is. */
int merit_compare(const struct merit *a, const struct merit *b);

/* Fills rank, meets_gcc and meets_clang of v->conflicts, and the last two of v->added. */
void conflicts_rank(const struct link *l, struct unit_verdict *v);

#endif
