/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine.h - the world in which a program runs: its state, and one step of one thread.
 *
 * The memory is sequentially consistent, which is less than real machines do, so whatever goes
 * wrong here can go wrong there.
 *
 * - Probe runs once for each object, one after the other; open makes the object of its file.
 * - File operations run at any time, on any object that has a file, also against themselves.
 *   Release of an object that open made comes after all of them.
 * - A work runs once it was queued, a timer once it was armed, a thread once it was made, an
 *   interrupt any time between request_irq() and free_irq(); none of them runs against itself (for one object).  All may run
 *   on another CPU while anything else runs, or in the middle of it.
 * - Locks block; a trylock fails if the lock is held.  cancel_work_sync() and the like wait.
 * - Remove comes after all file operations, but what probe started may still run until remove
 *   ends it.
 *
 * Each of these runs a few times at most (enum budget), and few of them at once.
 */
#ifndef INTERLEAVE_MACHINE_H
#define INTERLEAVE_MACHINE_H

#include "lower.h"

#define FRAMES 4
#define THREADS 3

enum life { LIFE_NONE, LIFE_PRIVATE, LIFE_SHARED, LIFE_DEAD };
enum stage { STAGE_NONE, STAGE_PROBING, STAGE_PROBED, STAGE_REMOVING, STAGE_REMOVED };
/* Entry points whose starts are limited; each has a count of its own. */
enum budget {
	BUDGET_USER,
	BUDGET_OPEN,
	BUDGET_WORK0,
	BUDGET_WORK1,
	BUDGET_TIMER,
	BUDGET_IRQ0,
	BUDGET_IRQ1,
	BUDGETS,
};

#define NO_OBJECT OBJECTS /* a null pointer */
#define PENDING_TIMER (1 << WORKS)
#define PENDING_THREAD (2 << WORKS)

/*
 * A bitfield of an object.  `ghost` is what the last store to the field stored: it differs from
 * `value` if a store to another field of the unit has undone that one.
 */
struct cell {
	uint8_t value : 2, ghost : 2;
	uint8_t culprit : 3;  /* 1 + the field whose store has undone it */
	uint8_t teardown : 1; /* one of the two stores was in remove, or in release of the object */
};

/* No struct of the state has padding: states are compared as bytes. */
struct object {
	uint8_t life, stage, registered, files;
	uint8_t flags, ops, peer, listed;
	uint8_t pending; /* bits: works, PENDING_TIMER and PENDING_THREAD */
	uint8_t irqs;	 /* bits: requested */
	struct cell cells[CELLS];
};

struct frame {
	uint16_t pc;
	uint8_t function;
	uint8_t copy;	   /* COPY_PARAM of this call */
	uint8_t var[VARS]; /* objects */
	uint8_t lock;	   /* LOCK_PARAM of this call: id of a lock */
	uint8_t arg, locked;
};

struct thread {
	uint8_t role, object, depth, arg;
	uint16_t unit;	       /* what OP_READ read: two bits a field */
	uint16_t held, shared; /* bits: ids of locks */
	struct frame frames[FRAMES];
};

struct state {
	uint8_t global;	       /* the object published, or NO_OBJECT */
	uint8_t first;	       /* of the pair, or NO_OBJECT */
	uint8_t left[BUDGETS]; /* by enum budget */
	uint8_t nthreads;
	struct object objects[OBJECTS];
	struct thread threads[THREADS]; /* in the order of their bytes */
};

struct machine;
/* `before` is the thread as it was before the instruction, s the state after it. */
typedef void (*step_hook)(struct machine *m, const struct state *s, const struct thread *before,
			  const struct insn *insn);

struct machine {
	const struct program *p;
	struct code code;
	uint8_t arg_bits[FUNCTIONS]; /* bits of the argument that matter */
	uint8_t function;	     /* whose bits are found */
	uint8_t tried;		     /* bits: locks that somebody tries to take */
	uint8_t threads;	     /* run at once, at most */
	int effort;
	bool undone[FIELDS][FIELDS]; /* [a][b]: a store to b undid one to a, if only for a moment */
	step_hook hook;		     /* called after each instruction, or NULL */
	void *hook_data;
};

struct start {
	uint8_t role, object, arg;
};

enum result { STEP_DONE, STEP_BLOCKED, STEP_DIED };

/* effort 0: two threads at once, most things start once; 1: three and twice. */
void machine_init(struct machine *m, const struct program *p, int effort);
void machine_first_state(const struct machine *m, struct state *s);
/*
 * One thread goes on to where others may notice: a step that commutes with all steps of others is
 * taken with the next one (Lipton's reduction).  STEP_DIED: it did what no kernel code may (use of
 * freed memory, unlock of what it does not hold); nothing follows that.
 */
enum result machine_step(struct machine *m, struct state *s, unsigned int thread);
/* Starts a thread; its first step is taken with it. */
enum result machine_start(struct machine *m, struct state *s, struct start start);
/* Lists the threads that can start now, at most max. Returns their number. */
unsigned int machine_starts(const struct machine *m, const struct state *s, struct start *starts,
			    unsigned int max);
/* Sorts the threads. order, if not NULL, gets for each new position the old one. */
void machine_sort(struct state *s, unsigned int *order);

/* --- exec.c */

enum outcome { DONE, BLOCKED, DIED, ENDED };

/* One instruction. ENDED: the thread is gone, and those behind it have moved up. */
enum outcome exec(struct machine *m, struct state *s, struct thread *t, const struct insn *i);

/* --- machine_life.c */

/* An OP_LIFE instruction. */
enum result machine_life(const struct machine *m, struct state *s, struct thread *t,
			 const struct node *n);
bool machine_runs(const struct state *s, unsigned int role, unsigned int object);
/* The thread's function has returned. */
void machine_end(struct state *s, unsigned int thread);

#endif
