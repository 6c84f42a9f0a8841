/* SPDX-License-Identifier: GPL-2.0-only */
/* starts.h - which calls start an activity (a work, a timer) that some function ends. */
#ifndef RACYBITS_STARTS_H
#define RACYBITS_STARTS_H

#include "link.h"

/* A call that starts an activity, itself or by a function that is handed it. */
struct start {
	uint32_t function, call;
	struct lock activity; /* in the frame of the function */
	struct path object;   /* that it belongs to */
};

/*
 * Makes l->starts, for the activities that matter, and makes the functions relevant that start one, so that their contexts are found.  After relevance_mark(), before slice_find().
 */
void starts_find(struct link *l);
void starts_free(struct link *l);

/* The rule by which the call starts an activity; NULL: there is none. */
const struct lock_api *start_of_call(const struct link *l, const struct call *c);
/* What the call of f starts by that rule, in the frame of f. */
struct path started_by(const struct link *l, uint32_t f, const struct call *c,
		       const struct lock_api *api);

/* Does a function end an activity of that name, which is part of a record with bitfields? */
bool starts_matter(const struct link *l, str name);
/* Start `i` of all; NULL: there are no more. */
const struct start *starts_get(const struct link *l, size_t i);
/* The starts of activities of the name, `n` of them, as indexes for starts_get(). */
const uint32_t *starts_of(const struct link *l, str name, size_t *n);
/* The calls of f, *n of them, that start what one of its parameters points to. */
const uint32_t *starts_of_params(const struct link *l, uint32_t f, size_t *n);
/* May the call of f start an activity of that name, itself or in a callee? */
bool call_starts(const struct link *l, uint32_t f, uint32_t call, str name);
/* May a call do so on a way from the entry of f to the event, which is one of f? */
bool started_before(const struct link *l, uint32_t f, const struct event *at, str name);

#endif
