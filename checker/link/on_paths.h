/* SPDX-License-Identifier: GPL-2.0-only */
/* on_paths.h - where the paths of a function lead: which events, and by which edges. */
#ifndef RACYBITS_ON_PATHS_H
#define RACYBITS_ON_PATHS_H

#include "base/util.h"

/* The block of the function that has the event, or NULL. */
const struct block *block_of_event(const struct function *fn, const struct event *e);
/* The event of the function that is its call `call`; NULL if it is never reached. */
const struct event *event_of_call(const struct function *fn, uint32_t call);
/*
 * Does a path lead from one event of the function to another one, or back to the same?  Not if either
 * is none of its own.
 */
bool event_leads_to(const struct function *fn, const struct event *from, const struct event *to);
/* Does a path lead from the end of one block of the function to the beginning of another one, or of the same? */
bool block_leads_to(const struct function *fn, const struct block *from, const struct block *to);

/* Is the event of that kind? */
typedef bool event_fn(void *ctx, const struct event *e);
/*
 * Is an event for which `is` returns true on each path from the entry of the function to the event `at`,
 * before that; at NULL: to each end of the function at which it returns neither zero nor an error?
 */
bool on_all_ways(const struct function *fn, const struct event *at, event_fn *is, void *ctx);

/* Is the edge from the block to its successor `which` of that kind? */
typedef bool edge_fn(void *ctx, const struct block *b, uint32_t which);
/*
 * Does each path from the entry of the function to the event, which is one of its own, take an edge for
 * which `is` returns true?  Also true if no path leads there.
 */
bool on_all_paths(const struct function *fn, const struct event *at, edge_fn *is, void *ctx);
/* The same for each path to the beginning of a block of the function. */
bool on_all_paths_to(const struct function *fn, const struct block *to, edge_fn *is, void *ctx);

#endif
