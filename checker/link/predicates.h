/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * predicates.h - path sensitivity: which tests of values hold on the paths to a point.
 *
 * Branches that a known predicate contradicts are infeasible edges.
 */
#ifndef RACYBITS_PREDICATES_H
#define RACYBITS_PREDICATES_H

#include "link.h"

enum predicate_subject {
	SUBJECT_PARAM,	/* the value passed as parameter `index` */
	SUBJECT_LOCAL,	/* the variable function.locals[index] */
	SUBJECT_MEMBER, /* the member function.tested[index] */
};

/* A test of a value against a constant, and whether it passes. */
struct predicate {
	uint32_t subject; /* enum predicate_subject */
	uint32_t index;
	uint32_t test; /* enum test_kind: TEST_EQUAL, _MASK, _SHIFT or _NEGATIVE */
	bool holds;    /* false: the test fails */
	long long value;
};

/* Predicates that hold at a point, the oldest first. */
struct predicates {
	uint32_t n;
	bool forgot; /* LIMIT_KNOWN was met: one was dropped for a newer one */
	struct predicate of[KNOWN_MAX];
};

/* Copies what is known, which is mostly little. */
static inline void predicates_copy(struct predicates *to, const struct predicates *from)
{
	memcpy(to, from, offsetof(struct predicates, of) + from->n * sizeof(from->of[0]));
}

/* Does `value` pass a test (enum test_kind) against the constant `with`? */
bool test_passes(uint32_t test, long long with, long long value);

/* Does `c` follow from `k`?  1: yes; 0: it contradicts `k`; -1: neither. */
int predicates_decide(const struct predicates *k, const struct predicate *c);
/*
 * Is the argument `arg` of a call of `fn` NULL?  A value that several variables name is if all of
 * them are.
 */
bool predicates_imply_null(const struct function *fn, const struct predicates *k,
			   const struct path *arg);

/* Adds a predicate unless `k` decides it; drops the oldest if there are too many. */
void predicates_add(struct predicates *k, const struct predicate *c);
/* Drops the predicates on one subject; on all subjects of the kind if `index` is NONE. */
void predicates_forget(struct predicates *k, uint32_t subject, uint32_t index);
/* Drops the predicates on the member record.field; for field 0 on all members of the record. */
void predicates_forget_field(const struct function *fn, struct predicates *k, str record,
			     str field);
/* Drops from *into what `k` does not imply; returns whether that was anything. */
bool predicates_meet(struct predicates *into, const struct predicates *k);

/*
 * Takes the predicates over an event of f: what is assigned to gets a new value.  A caller has to
 * forget all members where a lock is taken.
 */
void predicates_event(const struct link *l, uint32_t f, struct predicates *k,
		      const struct event *e);
/*
 * Takes them along the edge from block `b` to its successor `which`, adding what the test says;
 * returns false if the edge is infeasible.
 */
bool predicates_assume(struct predicates *k, const struct block *b, uint32_t which);
/*
 * The member, an index into function.tested, if what `k` knows of it alone makes the edge infeasible;
 * else NONE.
 */
uint32_t predicates_contradicted(const struct predicates *k, const struct block *b, uint32_t which);

#endif
