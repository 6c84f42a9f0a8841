/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * link.h - from facts to verdicts: whole program, no clang, no I/O.
 *
 * link.c is the list of the passes.  Each has a file and a header of its name.
 */
#ifndef RACYBITS_LINK_H
#define RACYBITS_LINK_H

#include "base/util.h"

struct linux_model;

/*
 * Fills p->verdicts (allocated from `a`, as is all that they point to) from
 * p's facts and p->model.  Cannot fail; what was not analysed shows up as
 * VERDICT_UNKNOWN and in p->stats.
 */
void link_program(struct program *p, struct arena *a);

/* ------------------------------------------------- shared by link's stages */

/* Parameters whose objects have a phase of their own in a context, see context.h. */
#define CONTEXT_PARAMS 8

/* What a call of a function does to the locks of its caller, or a call event. */
enum lock_op { OP_ACQUIRE, OP_RELEASE, OP_ASSERT };

struct lock_effect {
	uint32_t op;	 /* enum lock_op */
	uint32_t lock;	 /* index into func_info.locks */
	uint32_t mode;	 /* enum lock_mode; a shared RELEASE leaves an exclusive lock */
	uint32_t result; /* enum lock_result, for ACQUIRE */
};

struct effects {
	struct lock_effect *v;
	size_t n, cap;
};

/* Where one function publishes its parameter: bit j of `into` means into the
 * object parameter j points to; bit 63 means somewhere everybody sees. */
#define INTO_WORLD (UINT64_C(1) << 63)

enum return_value { RET_UNKNOWN, RET_PATH, RET_FRESH, RET_NULL };

/* An event the exploration stops at, with the locks at that point. */
struct point {
	const struct event *event;
	uint64_t exclusive, shared; /* bit i: func_info.locks[i] held since entry */
	uint64_t released;	    /* bit i: dropped since entry on some path, and not retaken */
	uint64_t released_shared;   /* the same, by a release of shared mode */
	uint64_t published;	    /* bit i: fresh[i] was published before */
	uint64_t maybe_released; /* of `released`: by one of several callees of an indirect call */
	bool sometimes;		 /* some states, not all, hold a lock */
	uint64_t handed_out; /* bit i: fresh[i] was stored by a callee, maybe for itself alone */
	bool slept;	     /* every way there has waited, as nothing that interrupts a task may */
};

/* A Bloom filter of the members that a function, or what it calls, gives a value. */
#define CHANGES_WORDS 8

#define FRESH_MAX 62
/* Of a variable with more definitions those of its definitions' variables are not followed. */
#define DEFINITIONS_MANY 16
#define LOCKS_MAX 64

/* What link knows of program.functions[i] beyond its facts. */
struct func_info {
	uint32_t ntargets_total;
	uint32_t *first_target; /* ncalls + 1 entries into targets */
	uint32_t *targets;	/* functions a call may reach */
	uint32_t ncallers;
	uint32_t *callers; /* functions with a call that may reach this one */
	bool relevant;	   /* it or what it calls can write a unit, or is asked for by oneshot.c */
	uint16_t needs;	   /* what it asks of an entry context, see context_demand.h */
	bool summarised;
	bool cloned;		     /* it has clones, or is one: who calls it is known */
	const struct known *assumed; /* of a clone: what its callers know of its arguments */
	bool sleeps;		     /* waits, whichever way it takes */
	bool cyclic; /* a callee's summary was missing when its own was made first */

	uint32_t return_value;	  /* enum return_value */
	struct path *return_path; /* RET_PATH: rooted in a parameter or a global; else NULL */
	uint64_t changes[CHANGES_WORDS]; /* see modref_may_change() */
	uint64_t into[8];		 /* parameter i is published into, see INTO_WORLD */

	const struct lock **locks; /* every lock it names, paths in its frame; <= LOCKS_MAX */
	uint32_t nlocks, locks_cap;
	uint32_t *first_effect;	     /* ncalls + 1 entries into effects */
	struct lock_effect *effects; /* of its calls */
	uint32_t nsummary;
	struct lock_effect *summary; /* of a call to it; .lock is an index into summary_locks */
	const struct lock **summary_locks; /* locks, as they were when the summary was made */
	uint32_t nfresh;
	uint32_t *fresh; /* calls whose result is a fresh object; <= FRESH_MAX */
	uint32_t npoints;
	struct point *points; /* in block order */
};

struct link {
	struct program *p;
	const struct linux_model *model;
	struct arena *arena;
	struct func_info *info; /* parallel to p->functions */

	/* What each pass makes, in order; the header of the pass says more. */
	struct lock_interner *lock_interner;
	struct symtab *symtab;
	struct registration *registrations;
	struct funcptr *funcptr;
	struct slots *slots;
	struct stored *stored; /* slots.c */
	size_t nstored, stored_cap;
	uint32_t *bottom_up; /* callgraph.c: functions, callees first where there is no cycle */
	struct retarget *retargets; /* specialise.c: calls that go to a clone */
	struct ownership *ownership;
	struct oneshot *oneshot;
	struct explorer *explorer;     /* context.h: the contexts of all functions */
	struct collection *collection; /* writes.c: writes per unit */
	str *lock_names;	       /* claim_check.c: all that the program takes, sorted */
	size_t nlock_names;
};

#endif
