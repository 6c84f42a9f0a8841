/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_state.h - what is known of locks at a point, and how it is joined where paths meet. */
#ifndef RACYBITS_LOCK_STATE_H
#define RACYBITS_LOCK_STATE_H

#include "lockset.h"
#include "predicates.h"

/* A lock that is held if the result of a call says so, and that result was not tested yet. */
struct pending_lock {
	uint32_t call;	/* whose result it is */
	uint32_t local; /* the variable that has the result, or NONE */
	uint16_t lock;	/* index into function_locks.locks */
	uint8_t mode;	/* enum lock_mode */
	bool negated;	/* the variable has the opposite of the result */
	bool pointed;	/* it is no result: the call was passed the address of the variable */
	struct result_when when;
};

/* Another name of an object: a pointer that was copied, or compared equal. */
struct same_object {
	uint32_t root, index; /* of a path that is only a root: ROOT_CALL, ROOT_LOCAL, ROOT_PARAM */
	const struct path *as; /* the path that denotes the same object; interned */
};

/* Bit i of a set is function_locks.locks[i], or in the sets of fresh objects as in fresh.h. */
struct lock_state {
	lock_set exclusive, shared;	    /* acquired since entry, and held */
	lock_set asserted, asserted_shared; /* held, as an assertion or annotation says */
	lock_set released;		    /* released since entry, and not acquired again */
	lock_set released_shared;	    /* the same by a release of shared mode, which leaves an
				   * exclusive lock held */
	lock_set maybe_released;	    /* released by one of several callees, not by all */
	lock_set early;	 /* see struct point; without such an activity: nothing */
	lock_set maybe;	 /* acquired since entry on some path */
	lock_set spared; /* acquired behind each release of a lock of which nothing is known */
	lock_set lost; /* acquired since entry, and maybe released: as a lock of which nothing is known;
			* of activities: ended by a callee on some of its paths */
	uint64_t published;  /* fresh objects that others can reach */
	uint64_t handed_out; /* fresh objects that a callee stored, maybe for itself alone */
	uint64_t exposed, exposed_params; /* see struct point */
	uint64_t stored; /* fresh objects that a pointer was stored to: see fresh_closure() */
	bool unknown;	 /* a lock of which nothing is known was released on some path */
	bool slept;	 /* all paths have slept */
	uint8_t doubted; /* enum lock_doubt */
	uint32_t npending;
	struct pending_lock pending[PENDING_MAX];
	uint32_t nsame;
	struct same_object same[SAME_MAX];
	struct predicates known; /* last: see state_copy() */
};

/* Copies the state without the room for more that may be known. */
static inline void state_copy(struct lock_state *to, const struct lock_state *from)
{
	memcpy(to, from, offsetof(struct lock_state, known));
	predicates_copy(&to->known, &from->known);
}

/* The difference that keeps two states of a point apart. */
enum state_key {
	KEY_LOCKS, /* any difference in locks */
	KEY_HELD,  /* any in locks held, not in those released */
	KEY_NONE,  /* nothing: one state */
};

/*
 * The states of a point.  Those that differ in locks are kept apart, each with its predicates, so
 * that a later test of one of these values leads on only the states in which it can be so
 * (property simulation: Das, Lerner and Seigle, ESP, PLDI 2002).
 */
struct lock_states {
	uint32_t n;
	enum state_key key;
	uint32_t cap;
	struct lock_state *of; /* STATES_MAX at most; malloc'd */
};

/* Drops the pending lock `i`; the last one takes its index. */
void state_drop_pending(struct lock_state *s, uint32_t i);
/*
 * Joins `s` into *into: what is held on both paths, and what was released, published or maybe
 * acquired on either.  Returns whether *into changed.
 */
bool state_join(struct lock_state *into, const struct lock_state *s);
/* The locks that may be held: on some path, or depending on a result. */
lock_set state_may_hold(const struct lock_state *s);
/*
 * Adds a state to those of a point, joined with the one of the same key.  Returns whether they
 * changed.
 */
bool states_add(struct lock_states *into, const struct lock_state *s);

#endif
