/* SPDX-License-Identifier: GPL-2.0-only */
/* modref.h - which members a function, or what it calls, may give another value. */
#ifndef RACYBITS_MODREF_H
#define RACYBITS_MODREF_H

#include "link.h"

/* Fills info[].changes of all functions, callees first.  After callgraph_build(). */
void modref_summarise(struct link *l);
/* The same for f alone, from those of its callees. */
void modref_update(struct link *l, uint32_t f);
/* The same for f if only its blocks reached[] are executed. */
void modref_narrow(struct link *l, uint32_t f, const bool *reached);
/* May f change the member record.field?  A filter: it may say yes wrongly, but not no. */
bool modref_may_change(const struct link *l, uint32_t f, str record, str field);

#endif
