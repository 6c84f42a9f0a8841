/* SPDX-License-Identifier: GPL-2.0-only */
/* lockset_transfer.h - what is known of locks at a point of a function; lockset.c carries it around. */
#ifndef RACYBITS_LOCKSTATE_H
#define RACYBITS_LOCKSTATE_H

#include "lockset.h"
#include "predicates.h"

/* A lock that is held if a result says so; it stays until the lock is released. */
struct pending {
	uint32_t lock, mode, result, call, local;
	bool negated; /* the local has the opposite of the result */
};

struct state {
	uint64_t exclusive, shared;	    /* taken since entry */
	uint64_t asserted, asserted_shared; /* said to be held since entry */
	uint64_t released;		    /* the caller's, dropped and not taken again */
	uint64_t released_shared;	    /* only if the caller has it shared */
	uint64_t maybe;			    /* taken since entry on some path */
	uint64_t maybe_released; /* of `released`: by one of several callees of an indirect call */
	uint64_t published, handed_out; /* see struct point */
	bool slept;			/* likewise */
	uint32_t npending;
	struct pending pending[PENDING_MAX];
	struct known known;
};

/* What tells two states apart; less where there would be too many. */
enum apart {
	APART_BY_LOCKS, /* any difference in locks */
	APART_BY_HELD,	/* not which of the caller's were dropped */
	APART_NEVER,
};

/*
 * States that differ in the locks held are kept apart, each with what it knows of the values tested,
 * so that a later test of one leads on only those that can be (property simulation: Das, Lerner and
 * Seigle, ESP, PLDI 2002).
 */
struct states {
	uint32_t n;
	enum apart apart;
	struct state of[STATES_MAX];
};

struct flow {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct function_locks *locks;
	const struct escape *escape;
	struct states *in; /* per block */
	bool joined;	   /* some states of a block were joined: LIMIT_STATES */
	bool forgot;	   /* a tested value was forgotten: LIMIT_KNOWN */
	struct effects summary;
	struct point *points;
	size_t npoints, points_cap;
};

/* Takes `s` over one event. */
void state_event(struct flow *w, struct state *s, const struct event *e);
/*
 * What successor `which` of a tested branch tells about results and values; false if what is known
 * in `s` never leads there.
 */
bool state_test(struct state *s, const struct block *b, uint32_t which);
/*
 * Joins `s` into `into`: must for what is held, may for what was released or
 * published.  True if `into` changed.
 */
bool state_join(struct state *into, const struct state *s);
/* Locks that are held, were on some path, or are if a result says so. */
uint64_t state_may_hold(const struct state *s);
/* Adds `s` to the states of a point, joined with one of the same locks.  True if they changed. */
bool states_add(struct states *into, const struct state *s);

#endif
