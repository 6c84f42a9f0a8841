/* SPDX-License-Identifier: GPL-2.0-only */
/* lockstate.h - what is known of locks at a point of a function; lockset.c carries it around. */
#ifndef RACYBITS_LOCKSTATE_H
#define RACYBITS_LOCKSTATE_H

#include "link.h"

#define PENDING_MAX 6

/* A lock that is held if a result says so; it stays until the lock is released. */
struct pending {
	uint32_t lock, mode, result, call, local;
	bool negated; /* the local has the opposite of the result */
};

struct state {
	bool reached;
	uint64_t exclusive, shared;	    /* taken since entry */
	uint64_t asserted, asserted_shared; /* said to be held since entry */
	uint64_t released;		    /* the caller's, dropped and not taken again */
	uint64_t released_shared;	    /* only if the caller has it shared */
	uint64_t maybe;			    /* taken since entry on some path */
	uint64_t published;
	uint32_t npending;
	struct pending pending[PENDING_MAX];
	uint32_t known_local; /* local whose last test is known here, or NONE */
	bool known_nonzero;
};

struct flow {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct func_info *info;
	struct state *in; /* per block */
	struct effects summary;
	struct point *points;
	size_t npoints, points_cap;
};

/* Takes `s` over one event. */
void state_event(struct flow *w, struct state *s, const struct event *e);
/* What successor `which` of a tested branch tells about results not tested before. */
void state_test(const struct flow *w, struct state *s, const struct block *b, uint32_t which);
/*
 * Joins `s` into `into`: must for what is held, may for what was released or
 * published.  True if `into` changed.
 */
bool state_join(struct state *into, const struct state *s);

#endif
