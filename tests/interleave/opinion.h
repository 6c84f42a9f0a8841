/* SPDX-License-Identifier: GPL-2.0-only */
/* opinion.h - what racybits says of a program, beside what the interpreter found. */
#ifndef INTERLEAVE_OPINION_H
#define INTERLEAVE_OPINION_H

#include <stdio.h>

#include "explore.h"

enum verdict { VERDICT_NONE, VERDICT_STABLE, VERDICT_SERIALIZED, VERDICT_UNKNOWN, VERDICT_RACY };
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH, CONFIDENCES };

struct opinion {
	enum verdict verdict;
	enum confidence confidence; /* of VERDICT_RACY */
	bool pairs[FIELDS][FIELDS]; /* its conflicts */
};

/* The truth about a unit, by exploring interleavings. */
enum truth {
	TRUTH_SAFE,   /* no interleaving undoes a store */
	TRUTH_CUT,    /* none that was seen, but there are more */
	TRUTH_UNDONE, /* ... for a moment, or at the end of an object's life */
	TRUTH_LOST,
};

/* Reads `racybits check --all --format=json`. Dies if it cannot. */
void opinions_load(const char *path);
/* The verdict of racybits on a unit; VERDICT_NONE if the report does not have it. */
struct opinion opinion_of(const struct program *p, unsigned int unit);
enum truth truth_of(const struct program *p, const struct losses *losses, unsigned int unit);
/* Is the unit one whose lost update racybits does not report? */
bool is_miss(enum truth truth, const struct opinion *o);
bool is_false_alarm(enum truth truth, const struct opinion *o);
/* "stable", "racy/high" ... */
const char *opinion_text(const struct opinion *o);

#endif
