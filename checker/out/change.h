/* SPDX-License-Identifier: GPL-2.0-only */
/* change.h - what a series of patches does, in words (out room). */
#ifndef RACYBITS_CHANGE_H
#define RACYBITS_CHANGE_H

#include "out.h"

/*
 * One line for each finding, "FILE:LINE: WARNING: ... [racy-bitfield]", as checkpatch.pl --terse prints them and b4
 * reads them.
 */
void terse_report(FILE *f, const struct program *p, const struct out_options *o);

/* A line about a finding that is gone; the unit is that of the program before. */
void put_removed(FILE *f, const struct unit_verdict *u);

/*
 * A line about the bitfield `field` that was put into a unit with others that are written at runtime,
 * without racing with them; nothing if there are no others.
 */
void put_joined(FILE *f, const struct unit_verdict *u, uint32_t field);

#endif
