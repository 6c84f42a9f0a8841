/* SPDX-License-Identifier: GPL-2.0-only */
/* save_restore.h - a field that a function sets and clears again before it ends. */
#ifndef RACYBITS_SAVE_RESTORE_H
#define RACYBITS_SAVE_RESTORE_H

#include "context.h"

/*
 * Does the function of context n set the field that the event of `pt` writes, of objects of the
 * task that runs, and clear it again on all ways to its end?
 */
bool is_restored(const struct link *l, const struct context *n, const struct point *pt);

#endif
