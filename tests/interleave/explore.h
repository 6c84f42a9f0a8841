/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * explore.h - all interleavings of a program, and which updates they lose.
 *
 * A store to a bitfield reads its storage unit, modifies it and writes it back, so it writes the
 * bits of its neighbours, too (Documentation/memory-barriers.txt, GUARANTEES: "all bitfields in a
 * given bitfield must be protected by one lock").  In no serial order of stores does a store to b
 * change a.
 *
 * The pair (a, b) *loses an update* if some execution reaches a state in which nothing runs and a
 * has another value than the last store to it stored, because a later store to b wrote back what it
 * had read before.  What is undone only for a moment, because the one whose store was undone stores
 * the field once more before it ends, is counted apart.
 *
 * A pair with a store in the remove function of the object, or in the release of a file's own
 * object, is counted apart, too: whether it matters that a dying object's flag is lost is not decided here.
 */
#ifndef INTERLEAVE_EXPLORE_H
#define INTERLEAVE_EXPLORE_H

#include <stdio.h>

#include "ast.h"

#define STATES 150000

struct losses {
	/* [a][b]: the number of the state in which a store to b has undone one to a, or 0 */
	uint32_t lost[FIELDS][FIELDS];
	uint32_t lost_at_end[FIELDS][FIELDS]; /* ... one of the two in remove or release */
	bool undone[FIELDS][FIELDS];	      /* at least for a moment */
	uint32_t states;
	bool cut; /* more than STATES states: not all interleavings were seen */
};

/* Runs all interleavings. effort is machine_init()'s. */
void explore(const struct program *p, int effort, struct losses *losses);
/* Is an update of a field of the unit lost? */
bool unit_loses(const struct program *p, const struct losses *losses, unsigned int unit);
/* ... or at least undone for a moment, or at the end of an object's life? */
bool unit_disturbed(const struct program *p, const struct losses *losses, unsigned int unit);
/*
 * Prints the steps to a state of the last explore(), of the same program and effort. source is the C
 * text with the lines that print_program() counted.
 */
void trace_print(FILE *out, const struct program *p, int effort, uint32_t state,
		 const char *source);

/* --- between explore.c and trace.c */

/* How state number `state` was reached: its parent (0: none), and the action that leads here. */
uint32_t explore_parent(uint32_t state, uint16_t *action);

#define ACTION_START 0x8000 /* role << 6 | object << 3 | arg; else: the number of a thread */

#endif
