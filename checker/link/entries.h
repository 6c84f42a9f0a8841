/* SPDX-License-Identifier: GPL-2.0-only */
/* entries.h - the entry points: where execution comes from that no call in the code shows. */
#ifndef RACYBITS_ENTRIES_H
#define RACYBITS_ENTRIES_H

#include "context.h"

/*
 * Adds a context for each entry point that the model or the code names: functions in slots,
 * registered callbacks, initcalls and exit code, and functions that assembler calls.
 */
void entries_add(struct context_adder *by);
/* How far entries_add_unseen() has come: all 0 at first. */
struct unseen {
	size_t at;
	bool *uncalled; /* by function: copies are called instead; NULL before the cycles */
};

/*
 * Adds a context for the next explored function that has none: its callers, and so the locks they
 * hold, are not known.  First the functions without any caller, then what is left in cycles, without
 * those that nothing calls any more since copies are called.  Returns false when there is none left,
 * and has freed what is in `u` then.
 */
bool entries_add_unseen(struct context_adder *by, struct unseen *u);

#endif
