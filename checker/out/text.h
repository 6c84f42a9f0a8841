/* SPDX-License-Identifier: GPL-2.0-only */
/* text.h - the report as compiler-style messages. */
#ifndef RACYBITS_TEXT_H
#define RACYBITS_TEXT_H

#include "report.h"

/*
 * A warning "FILE:LINE:COL: warning: ... [racy-bitfield]" at the first racing field of a unit, then
 * notes: each writer once with its call chain and locks, each conflict with the reason why nothing
 * serialises it, and which fields to split off.  Coloured if `f` is a terminal and NO_COLOR is not
 * set (no-color.org).
 */
void text_report(FILE *f, const struct program *p, const struct out_options *o);

/* The messages about one unit, without colours. */
void text_unit(FILE *f, const struct program *p, const struct unit_verdict *u);

#endif
