/* SPDX-License-Identifier: GPL-2.0-only */
/* lockset.h - must-locksets inside each function, and its summary for callers. */
#ifndef RACYBITS_LOCKSET_H
#define RACYBITS_LOCKSET_H

#include "link.h"
#include "result.h"

/* A set of locks of a function: bit i is function_locks.locks[i]. */
__extension__ typedef unsigned __int128 lock_set __attribute__((aligned(8)));

#define LOCK_SET_BITS 128
#define LOCK_BIT(i) ((lock_set)1 << (i))
#define LOCKS_ALL (~(lock_set)0)

/* The least lock of a set that is not empty. */
static inline uint32_t lock_first(lock_set s)
{
	uint64_t low = (uint64_t)s;

	return low ? (uint32_t)__builtin_ctzll(low) :
		     64 + (uint32_t)__builtin_ctzll((uint64_t)(s >> 64));
}

/* The first n locks of a function. */
static inline lock_set locks_below(uint32_t n)
{
	return n < LOCK_SET_BITS ? LOCK_BIT(n) - 1 : LOCKS_ALL;
}

/* Each of the first `n` locks of a function that the set has, as `i`, the least first. */
#define FOR_EACH_LOCK(i, n, set)                                                                \
	for (lock_set left_ = (set) & locks_below(n); left_ && ((i) = lock_first(left_), true); \
	     left_ &= left_ - 1)

enum lock_op {
	OP_ACQUIRE,
	OP_RELEASE,
	OP_ASSERT, /* the lock is held, else the kernel would warn */
	OP_SPARE, /* if a lock of which nothing is known is released, it is not this one, or this one
		    * is acquired again behind that */
	OP_TAKE_EACH, /* the lock of each object of a list is acquired: maybe that of any */
	OP_DROP_EACH, /* ... and released */
};

/* Why locks may be held that are not in a set: bits. */
enum lock_doubt {
	LOCKS_SOMETIMES = 1 << 0, /* on some paths, not on all, another lock is held */
	LOCKS_LOST = 1 << 1,	  /* another lock may be held: a lock of which nothing is known was
				* released, which may be that one */
	LOCKS_FORGOTTEN = 1 << 2, /* LIMIT_PENDING or LIMIT_KNOWN was met */
};

#define TOLD_BY_RESULT UINT8_MAX

/* The effect of a call on a lock.  There may be a hundred million: kept small. */
struct lock_effect {
	uint8_t op;   /* enum lock_op */
	uint8_t lock; /* index into function_locks.locks */
	uint8_t mode; /* enum lock_mode; a release in shared mode leaves an exclusive lock held */
	uint8_t told_by; /* the parameter that points to the integer which `when` is about, or TOLD_BY_RESULT */
	struct result_when when; /* OP_ACQUIRE */
	bool surely : 1; /* of a release: on every path the call releases it, exclusively, before it
			  * acquires it */
	bool maybe : 1; /* of a release: by one of several callees.  Of an acquisition: held on some
		     * path; if the constructor of a cleanup guard does so, the guard is not null
		     * then (linux/cleanup.h) */
};

/*
 * What is so before a point.  Bit i of a set is function_locks.locks[i], in published, handed_out and exposed
 * escape.fresh[i].  No padding: states are compared as bytes.
 */
struct point_state {
	lock_set exclusive;	  /* acquired since entry on all paths, and held exclusively */
	lock_set shared;	  /* the same in any mode */
	lock_set released;	  /* released since entry on some path, and not acquired again */
	lock_set released_shared; /* the same in shared mode */
	lock_set early;	  /* held on all paths since before any activity that is held shared */
	lock_set retaken; /* acquired since entry on some path, and held */
	lock_set maybe_released;   /* released by one of several callees of an indirect call */
	lock_set sometimes;	   /* locks that are held on some paths to it, not on all */
	lock_set shared_sometimes; /* those of them that are held shared then */
	lock_set optional; /* those of them that are held unless the pointer to them is NULL */
	lock_set spared;   /* locks acquired behind each release of an unknown lock before it */
	lock_set lost; /* locks that an unlock of an unknown lock may have released, or not; activities
			    * that a callee has ended on some of its paths */
	uint64_t published;  /* fresh objects that others can reach on some path */
	uint64_t handed_out; /* fresh objects that a callee has stored, maybe for itself alone */
	uint64_t exposed;    /* fresh objects that others may work with on some path */
	uint64_t exposed_params; /* the same of parameters: bit i is the object of parameter i */
	uint32_t doubted;	 /* enum lock_doubt */
	uint16_t against; /* bool: a path to it takes a member to be changed by another CPU */
	uint16_t slept;	  /* bool: all paths to it sleep: it is not reached in atomic context */
};

/* An event at which exploration stops: a call or a write. */
struct point {
	const struct event *event;
	const struct point_state *is;  /* the same one of points that are alike: point_states.h */
	const struct predicate *known; /* of a write: what holds on all paths to it */
	uint32_t nknown;
};

/*
 * The locks of function f: l->locks[f].  Paths are in its frame, and the locks that its callers
 * hold are not in it.
 */
struct function_locks {
	const struct lock **locks; /* all that it names */
	uint32_t nlocks;
	lock_set activities;	/* those that are no locks */
	uint32_t *first_effect; /* function.ncalls + 1 indexes into effects: where those of a call
				 * begin, which end where those of the next one begin */
	struct lock_effect *effects; /* of its calls */
	uint32_t nsummary;
	struct lock_effect *summary; /* of a call of it; .lock is an index into summary_locks */
	const struct lock **
		summary_locks; /* `locks`, or while it is made again those that there were before */
	uint32_t npoints;
	struct point *points; /* of a relevant function, in the order of its blocks */
	bool summarised;
	bool cyclic; /* a callee had no summary when its own was made first */
	bool stale;  /* the summary of a callee has changed since its own was made.  Atomic */
	bool sleeps; /* on every path */
	bool untold; /* it may leave a lock held of which its summary says nothing */
};

/*
 * Makes l->locks of the functions in l->called, callees before callers, and l->modref again, without the calls that copies of
 * functions do not make.  After slice_find().
 */
void lockset_summarise(struct link *l);
void lockset_check(const struct link *l);

#endif
