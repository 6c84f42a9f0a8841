/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock_names.h - what the locks that are held are called when variables get other values.
 *
 * `mutex_lock(&p->lock); p = p->next;` still holds the lock of the object that p pointed to.  It
 * goes by the name of another variable that must point to that object, else by ROOT_FORMER.
 */
#ifndef RACYBITS_LOCK_NAMES_H
#define RACYBITS_LOCK_NAMES_H

#include "lockset_transfer.h"

/*
 * Renames the locks of `s` whose path means another object after the event: those below a variable
 * or the result of a call that gets another value, and those below a pointer member or global
 * pointer that the event stores to.  A store by a callee is not seen.  To be called before what the
 * event itself does to locks.
 */
void locks_rename(struct lock_flow *w, struct lock_state *s, const struct event *e);
/* Notes that two pointers are equal on the edge from `b` to its successor `which`, if it says so. */
void locks_note_branch(struct lock_flow *w, struct lock_state *s, const struct block *b,
		       uint32_t which);
/* The locks of the set, each by the name that the event has for its object if that must be one. */
lock_set locks_as_named_by(struct lock_flow *w, const struct lock_state *s, const struct event *e,
			   lock_set locks);

#endif
