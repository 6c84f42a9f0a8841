/* SPDX-License-Identifier: GPL-2.0-only */
/* relevance.h - which functions can reach a write of a storage unit. */
#ifndef RACYBITS_RELEVANCE_H
#define RACYBITS_RELEVANCE_H

#include "link.h"

/*
 * Makes l->relevant: for each function, whether it or what it calls writes a record with
 * bitfields.  Only these are explored, as most of a kernel writes no bitfield.  After
 * callgraph_build(), and once more after specialise() has added functions.
 */
void relevance_mark(struct link *l);
/* Makes f and its callers relevant, too. */
void relevance_add(struct link *l, uint32_t f);

#endif
