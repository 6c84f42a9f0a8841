/* SPDX-License-Identifier: GPL-2.0-only */
/* relevance.h - which functions can reach a write of a storage unit. */
#ifndef RACYBITS_RELEVANCE_H
#define RACYBITS_RELEVANCE_H

#include "link.h"

/*
 * Makes l->relevant: whether a function, or one that it calls, writes a record with bitfields.
 * Later passes leave out the others, which are most of a kernel.  After callgraph_build(), and
 * again after specialise() has added functions.
 */
void relevance_mark(struct link *l);
void relevance_check(const struct link *l);
/* Makes f, its callers, their callers and so on relevant. */
void relevance_add(struct link *l, uint32_t f);

#endif
