/* SPDX-License-Identifier: GPL-2.0-only */
/* slots.h - which functions may be in which slot, and which slots are called. */
#ifndef RACYBITS_SLOTS_H
#define RACYBITS_SLOTS_H

#include "keymap.h"
#include "link.h"

/* A function that is stored in a slot. */
struct stored {
	str record, field; /* the slot; `record` is a key */
	uint32_t function;
	str object; /* the global variable whose initialiser stores it, or 0 */
	str file;   /* of that initialiser, or 0 */
};

struct slots {
	struct stored *stored; /* by initialisers, in the order of the facts; then those that
				* funcptr_solve() found in slots beside these, by slot and key */
	size_t nstored, stored_cap;
	struct keymap called; /* record and field of slots that are called somewhere */
	struct keymap tables; /* record, key of a function: names of the variables of that type
			       * which have it in their initialiser; 0 for one without a name */
};

/* Makes l->slots.  After funcptr_solve(). */
void slots_collect(struct link *l);
void slots_check(const struct link *l);
void slots_free(struct link *l);

/* Is the slot record.field called anywhere in the program? */
bool slot_is_called(const struct link *l, str record, str field);
/*
 * May one object have both functions in its slots?  False if each is in the initialiser of a
 * variable, and no variable has both: they are of two implementations of an interface.
 */
bool may_share_table(const struct link *l, const struct via *a, const struct via *b);

#endif
