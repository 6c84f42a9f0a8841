/* SPDX-License-Identifier: GPL-2.0-only */
/* compare.h - programs by the hundred: made, run in all interleavings, and compared with racybits. */
#ifndef INTERLEAVE_COMPARE_H
#define INTERLEAVE_COMPARE_H

#include <stdint.h>
#include <stdio.h>

#include "ast.h"

/* Which programs: those numbered first to first + count - 1. */
struct range {
	uint64_t seed;
	uint32_t first, count;
	int effort;
};

/* Writes them into one file. */
int compare_write(const struct range *range, FILE *out);
/*
 * Compares a report of that file. Prints a line for each miss ("miss NUMBER: ...") and each false
 * alarm at high, and one with all counts. Returns 0 if no update is missed, else 1.
 */
int compare_report(const struct range *range, const char *report);
/* Prints one program, and the steps to each update that it loses. */
void compare_show(const struct range *range);
/* The C text of a program, headers included, to be freed. */
char *program_text(struct program *p);

#endif
