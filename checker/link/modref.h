/* SPDX-License-Identifier: GPL-2.0-only */
/* modref.h - mod/ref analysis: which members a function, or one that it calls, may change. */
#ifndef RACYBITS_MODREF_H
#define RACYBITS_MODREF_H

#include "link.h"

#define MODREF_WORDS 8

/* The members that function f, or one that it calls, stores to: l->modref[f]. */
struct modref {
	uint64_t changes[MODREF_WORDS]; /* a Bloom filter of one bit for each member */
};

/*
 * Makes l->modref, callees before callers, and in cycles of calls to a fixpoint.  In a cycle of more
 * than CYCLE_MAX functions the sets of some callees are missing.  After callgraph_build(), and again
 * after specialise() has added functions.
 */
void modref_summarise(struct link *l);
void modref_check(const struct link *l);
/* Makes the set of f anew from its own stores and the sets of its callees; did it change? */
bool modref_update(struct link *l, uint32_t f);
/* Makes the set of f anew, without the calls in blocks for which reached[] is false. */
void modref_narrow(struct link *l, uint32_t f, const bool *reached);
/* May f change the member record.field?  Sometimes true if it does not, as a filter is. */
bool modref_may_change(const struct link *l, uint32_t f, str record, str field);

#endif
