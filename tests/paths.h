/* SPDX-License-Identifier: GPL-2.0-only */
/* paths.h - random functions that lock, as trees: pathmake.c makes and prints them, paths.c walks them. */
#ifndef TESTS_PATHS_H
#define TESTS_PATHS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define LOCKS 5
#define CHILDREN 6
#define NODES 200
#define LABELS 3

static const struct lock_kind {
	const char *name, *type, *lock, *unlock, *try, *guard;
	bool shared; /* of the lock before */
	int object;  /* which lock it is a mode of */
} kinds[LOCKS] = {
	{ "m0", "struct mutex", "mutex_lock", "mutex_unlock", "mutex_trylock", "mutex", false, 0 },
	{ "m1", "struct mutex", "mutex_lock", "mutex_unlock", "mutex_trylock", "mutex", false, 1 },
	{ "s0", "spinlock_t", "spin_lock", "spin_unlock", "spin_trylock", "spinlock", false, 2 },
	{ "r0", "struct rw_semaphore", "down_write", "up_write", "down_write_trylock", "rwsem_write", false, 3 },
	{ "r0", "struct rw_semaphore", "down_read", "up_read", "down_read_trylock", "rwsem_read", true, 3 },
};

enum node_kind {
	BLOCK,
	STORE,
	LOCK,
	UNLOCK,
	TRYLOCK, /* if (trylock) child 0 else child 1 */
	LOCKED,	 /* lock; child 0; unlock */
	GUARD,	 /* guard() at the start of the block child 0 */
	SCOPED,	 /* scoped_guard() child 0 */
	IF_ARG,	 /* if (arg & 1 << value) child 0 else child 1 */
	IF_CALL, /* if (foo_more(p)) ... */
	IF_FLAG, /* if (flag<value>) ... */
	SET_FLAG,
	WHILE,	 /* while (foo_more(p)) child 0 */
	DO,	 /* do child 0 while (foo_more(p)) */
	FOR,	 /* for (i = 0; i < cmd; i++) child 0 */
	SWITCH,	 /* switch (cmd): cases 0, 1 and default, which fall through if value says so */
	BREAK,
	CONTINUE,
	GOTO,
	RETURN,
	CALL_LOCK, /* a helper that locks for its caller, or unlocks */
	CALL_UNLOCK,
};

struct node {
	enum node_kind kind;
	int lock, value;
	unsigned int nchildren, line;
	struct node *children[CHILDREN];
	uint32_t held; /* STORE: locks held on all walks so far, a bit for each kind */
	bool reached;
};

struct maker {
	uint64_t state;
	unsigned int n, nnodes;
	struct node nodes[NODES];
	struct node *body, *labels[LABELS];
	FILE *out;
	unsigned int line;
};

/* Function number n of the seed; the same whatever was made before. */
void make_function(struct maker *m, uint64_t seed, unsigned int n);
/* Prints a line to m->out and counts it. */
__attribute__((format(printf, 3, 4))) void put(struct maker *m, int depth, const char *fmt, ...);
/* Prints the function as C, and notes the lines of its stores. */
void put_function(struct maker *m);

#endif
