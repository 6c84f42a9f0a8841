/* SPDX-License-Identifier: GPL-2.0-only */
/* taken_off.h - objects that a writer has taken off the list by which another one finds them. */
#ifndef RACYBITS_TAKEN_OFF_H
#define RACYBITS_TAKEN_OFF_H

#include "link.h"

/* Makes and frees l->taken_off, which the look-up below needs. */
void taken_off_begin(struct link *l);
void taken_off_end(struct link *l);
/*
 * Does `b` find its object by walking a list, under a lock that it still holds exclusively, and has `a`
 * taken its own object off such a list before the store, under a lock of that name?
 */
bool taken_off_before(const struct link *l, const struct write *a, const struct write *b);

#endif
