/* SPDX-License-Identifier: GPL-2.0-only */
/* save_restore.h - does a function clear a flag that it has set before it returns? */
#ifndef RACYBITS_SAVE_RESTORE_H
#define RACYBITS_SAVE_RESTORE_H

#include "context.h"

/*
 * Does the function of context n leave the field that the event of `pt` writes, of objects of the
 * running task, as it was: is every store of another constant followed by one of 0, on all paths
 * to the function's end?
 */
bool is_restored(const struct link *l, const struct context *n, const struct point *pt);

#endif
