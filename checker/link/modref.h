/* SPDX-License-Identifier: GPL-2.0-only */
/* modref.h - which members a function, or what it calls, may give another value. */
#ifndef RACYBITS_MODREF_H
#define RACYBITS_MODREF_H

#include "link.h"

#define MODREF_WORDS 8

/* The members that a function, or what it calls, gives a value: l->modref[f], a Bloom filter. */
struct modref {
	uint64_t changes[MODREF_WORDS];
};

/* Makes l->modref, callees first.  After callgraph_build(). */
void modref_summarise(struct link *l);
/*
 * Empties the sets of all functions, some of which are new: modref_update() and modref_narrow()
 * fill them again.
 */
void modref_forget(struct link *l);
/* Fills the set of f alone, from those of its callees. */
void modref_update(struct link *l, uint32_t f);
/* The same for f if only its blocks reached[] are executed. */
void modref_narrow(struct link *l, uint32_t f, const bool *reached);
/* May f change the member record.field?  A filter: it may say yes wrongly, but not no. */
bool modref_may_change(const struct link *l, uint32_t f, str record, str field);

#endif
