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
 * Makes l->modref, callees before callers; the set of a callee in a cycle may still be missing.
 * After callgraph_build().
 */
void modref_summarise(struct link *l);
void modref_check(const struct link *l);
/* Makes all sets empty, of a program that may have more functions now. */
void modref_forget(struct link *l);
/* Adds to the set of f what f itself stores to, and the sets of its callees. */
void modref_update(struct link *l, uint32_t f);
/* Makes the set of f anew, without the calls in blocks for which reached[] is false. */
void modref_narrow(struct link *l, uint32_t f, const bool *reached);
/* May f change the member record.field?  Sometimes true if it does not, as a filter is. */
bool modref_may_change(const struct link *l, uint32_t f, str record, str field);

#endif
