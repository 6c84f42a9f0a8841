/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * argument.h - the argument of a racy unit in a few lines: two writers, how each is reached, why
 * nothing keeps them apart, what is lost, what to do.
 */
#ifndef RACYBITS_ARGUMENT_H
#define RACYBITS_ARGUMENT_H

#include "report.h"

#define ARGUMENT_COLUMNS 100 /* of a line, but for the path at its beginning */

/* "struct x: stores to 'a' and 'b' may be lost"; without the end of the line */
void put_claimed_race(FILE *f, const struct unit_verdict *u, const struct conflict *c);
/* "writer 1: 'a = 1' in f() (syscall)" of writer `number`, 1 or 2; without the end of the line */
void put_argument_writer(FILE *f, const struct program *p, const struct unit_verdict *u,
			 const struct conflict *c, uint32_t number);
/* The lines below that: the way to the store, then the locks and the tests that guard it. */
void put_argument_way(FILE *f, const struct write *w);
/* The lines that end the argument: why, what is lost, what to do, how many more pairs there are. */
void put_argument_rest(FILE *f, const struct program *p, const struct unit_verdict *u,
		       const struct conflict *c);

#endif
