/* SPDX-License-Identifier: GPL-2.0-only */
/* slots.h - which functions are stored in which slot, and which slots are called. */
#ifndef RACYBITS_SLOTS_H
#define RACYBITS_SLOTS_H

#include "link.h"

/* A function stored in a slot, by an initialiser or by a store to the member. */
struct stored {
	str record, field; /* the slot; `record` is a key */
	uint32_t function;
	str object; /* the global variable initialised, or 0 */
};

/*
 * Fills l->stored: initialisers first, in the order of the facts, then what funcptr.c found in
 * slots beside them, sorted by slot and function key.  After funcptr_solve().
 */
void slots_collect(struct link *l);
void slots_free(struct link *l);

/* Is the slot record.field called anywhere in the program? */
bool slot_is_called(const struct link *l, str record, str field);
/*
 * May one table of function pointers (one variable) have both functions?  False if both are
 * known to be in tables, and no table has both.
 */
bool may_share_table(const struct link *l, const struct via *a, const struct via *b);

#endif
