/* SPDX-License-Identifier: GPL-2.0-only */
/* lockset.h - must-hold locksets inside functions, and what a call does for its caller. */
#ifndef RACYBITS_LOCKSET_H
#define RACYBITS_LOCKSET_H

#include "link.h"

/* What a call of a function does to the locks of its caller, or a call event. */
enum lock_op { OP_ACQUIRE, OP_RELEASE, OP_ASSERT };

struct lock_effect {
	uint32_t op;	 /* enum lock_op */
	uint32_t lock;	 /* index into function_locks.locks */
	uint32_t mode;	 /* enum lock_mode; a shared RELEASE leaves an exclusive lock */
	uint32_t result; /* enum lock_result, for ACQUIRE */
};

struct effects {
	struct lock_effect *v;
	size_t n, cap;
};

/* An event the exploration stops at, with the locks at that point. */
struct point {
	const struct event *event;
	uint64_t exclusive, shared; /* bit i: function_locks.locks[i] held since entry */
	uint64_t released;	    /* bit i: dropped since entry on some path, and not retaken */
	uint64_t released_shared;   /* the same, by a release of shared mode */
	uint64_t published;	    /* bit i: fresh[i] was published before */
	uint64_t maybe_released; /* of `released`: by one of several callees of an indirect call */
	bool sometimes;		 /* some states, not all, hold a lock */
	uint64_t handed_out; /* bit i: fresh[i] was stored by a callee, maybe for itself alone */
	bool slept;	     /* every way there has waited, as nothing that interrupts a task may */
};

/*
 * The locks of a function: l->locks[f].  Paths are in its frame, and the summary does not know
 * the locks that its callers hold: those are joined in by explore.c.
 */
struct function_locks {
	const struct lock **locks; /* all that it names; <= LOCKS_MAX */
	uint32_t nlocks, locks_cap;
	/* Call c has the effects first_effect[c] up to first_effect[c + 1] - 1. */
	uint32_t *first_effect; /* function.ncalls + 1 entries */
	struct lock_effect *effects;
	uint32_t nsummary;
	struct lock_effect *summary; /* of a call to it; .lock is an index into summary_locks */
	const struct lock **summary_locks; /* locks, as they were when the summary was made */
	uint32_t npoints;
	struct point *points; /* of a relevant function, in block order */
	bool summarised;
	bool cyclic; /* a callee's summary was missing when its own was made first */
	bool sleeps; /* waits, whichever way it takes */
};

/* Makes l->locks: summaries and points, callees first.  After escape_summarise(). */
void lockset_summarise(struct link *l);

#endif
