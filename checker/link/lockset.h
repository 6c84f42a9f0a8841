/* SPDX-License-Identifier: GPL-2.0-only */
/* lockset.h - must-hold locksets inside functions, and what a call does for its caller. */
#ifndef RACYBITS_LOCKSET_H
#define RACYBITS_LOCKSET_H

#include "link.h"

/* Summaries and points of all functions, callees first.  After escape_summarise(). */
void lockset_summarise(struct link *l);

#endif
