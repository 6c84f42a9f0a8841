/* SPDX-License-Identifier: GPL-2.0-only */
/* explain.h - one record in full: the layout of its units and every write to them. */
#ifndef RACYBITS_EXPLAIN_H
#define RACYBITS_EXPLAIN_H

#include "base/util.h"

/*
 * Prints the units of the record `what`, which asked_require() found, or the unit of the field, with every write to it.  Returns how many
 * of them are findings.
 */
unsigned int explain_report(FILE *f, const struct program *p, const char *what);

#endif
