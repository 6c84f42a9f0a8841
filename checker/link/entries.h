/* SPDX-License-Identifier: GPL-2.0-only */
/* entries.h - the entry points: where execution comes from that no call in the code shows. */
#ifndef RACYBITS_ENTRIES_H
#define RACYBITS_ENTRIES_H

#include "context.h"

/*
 * Adds a context for each entry point that the model or the code names: functions in slots,
 * registered callbacks, initcalls and exit code, and functions that assembler calls.
 */
void entries_add(struct link *l, struct explorer *x);
/*
 * Adds a context for the next explored function that has none: its callers, and so the locks they
 * hold, are not known.  First the functions without any caller, then what is left in cycles.  *at
 * is 0 at first, and counts on; returns false when there is none left.
 */
bool entries_add_unseen(struct link *l, struct explorer *x, size_t *at);

#endif
