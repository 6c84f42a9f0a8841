/* SPDX-License-Identifier: GPL-2.0-only */
/* shrink.h - makes a program that racybits judges wrongly as small as it gets. */
#ifndef INTERLEAVE_SHRINK_H
#define INTERLEAVE_SHRINK_H

#include "compare.h"

/*
 * Drops statements, functions and peculiarities of program `number` as long as racybits misses an
 * update that it loses; or with `alarm`, reports a unit that loses nothing with the same confidence.  The
 * other programs of the range, if there are any, stay beside it.  tree is a tree with the headers;
 * its p.c is overwritten, and compile_commands.json must have that.  racybits is what the
 * environment variable RACYBITS names.  Prints the program, and the steps.  Returns 0 if there was
 * something to shrink, 1 if not, 2 on errors.
 */
int shrink(const struct range *range, uint32_t number, const char *tree, bool alarm);

#endif
