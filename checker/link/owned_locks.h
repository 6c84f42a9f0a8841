/* SPDX-License-Identifier: GPL-2.0-only */
/* owned_locks.h - locks that a task owns and an interrupt holds all the same. */
#ifndef RACYBITS_OWNED_LOCKS_H
#define RACYBITS_OWNED_LOCKS_H

#include "link.h"

/*
 * Fills in `owned` and `spins` of the locks held at the runtime writes of the unit, as far as the model says
 * that a function tells whether a task owns such a lock.  Before they are compared; after frames_begin().
 */
void owned_locks_note(struct link *l, struct unit_verdict *v);

#endif
