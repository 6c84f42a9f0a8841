/* SPDX-License-Identifier: GPL-2.0-only */
/* entries.h - the entry points: where execution comes from. */
#ifndef RACYBITS_ENTRIES_H
#define RACYBITS_ENTRIES_H

#include "context.h"

/* Adds a context for each slot function, registered callback, initcall and named entry point. */
void entries_known(struct link *l, struct explorer *x);
/*
 * Adds a context for the next relevant function that no explored call reaches.  `at` starts at 0
 * and is moved on; returns false when none is left.
 */
bool entries_unseen(struct link *l, struct explorer *x, size_t *at);

#endif
