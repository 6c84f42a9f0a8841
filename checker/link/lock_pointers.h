/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_pointers.h - which locks a pointer member may lead to. */
#ifndef RACYBITS_LOCK_POINTERS_H
#define RACYBITS_LOCK_POINTERS_H

#include "link.h"

/* Makes and frees l->lock_pointers: the members that a function stores the address of a lock in. */
void lock_pointers_begin(struct link *l);
void lock_pointers_end(struct link *l);
/* Both are names of locks ("record.member"): is the address of a lock `to` stored in the member `from`? */
bool lock_pointer_leads_to(const struct link *l, str from, str to);

#endif
