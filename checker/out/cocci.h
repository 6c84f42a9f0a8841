/* SPDX-License-Identifier: GPL-2.0-only */
/* cocci.h - the report as coccicheck prints it. */
#ifndef RACYBITS_COCCI_H
#define RACYBITS_COCCI_H

#include "report.h"

/*
 * One line for each conflict, "FILE:LINE:COL-COL: WARNING: ...", columns from 0, as mode "report" of
 * Documentation/dev-tools/coccinelle.rst.
 */
void cocci_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
