/* SPDX-License-Identifier: GPL-2.0-only */
/* on_paths.h - do all paths of a function to an event take an edge of some kind? */
#ifndef RACYBITS_ON_PATHS_H
#define RACYBITS_ON_PATHS_H

#include "base/util.h"

/* Is the edge from the block to its successor `which` of that kind? */
typedef bool edge_fn(void *ctx, const struct block *b, uint32_t which);
/*
 * Does each path from the entry of the function to the event, which is one of its own, take an edge for
 * which `is` returns true?  Also true if no path leads there.
 */
bool on_all_paths(const struct function *fn, const struct event *at, edge_fn *is, void *ctx);

#endif
