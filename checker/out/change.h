/* SPDX-License-Identifier: GPL-2.0-only */
/* change.h - what a series of patches changes, as lines for `lint`. */
#ifndef RACYBITS_CHANGE_H
#define RACYBITS_CHANGE_H

#include "report.h"

/* One line for each finding, "FILE:LINE: WARNING: ... [racy-bitfield]", as checkpatch.pl --terse. */
void terse_report(FILE *f, const struct program *p, const struct out_options *o);

/* A note about a finding that the series removes; `u` is its unit before the series. */
void put_gone(FILE *f, const struct unit_verdict *u);

/*
 * A note about the new bitfield u->fields[field] if it shares its storage unit with others that are
 * written at runtime, though it does not race with them.
 */
void put_joined(FILE *f, const struct unit_verdict *u, uint32_t field);

#endif
