/* SPDX-License-Identifier: GPL-2.0-only */
/* explain.h - one record in full: the layout of its units and every write to them. */
#ifndef RACYBITS_EXPLAIN_H
#define RACYBITS_EXPLAIN_H

#include "base/util.h"

/*
 * Dies unless the program has a record `what` with bitfields or, for "RECORD.FIELD", a bitfield of
 * that name; the message offers the nearest names.
 */
void explain_require(const struct program *p, const char *what);
/*
 * Prints the units of the record, or the unit of the field, with every write to it.  Returns how many
 * of them are findings.
 */
unsigned int explain_report(FILE *f, const struct program *p, const char *what);

#endif
