/* SPDX-License-Identifier: GPL-2.0-only */
/* json1.h - the report as JSON, version 1, for one more release. */
#ifndef RACYBITS_JSON1_H
#define RACYBITS_JSON1_H

#include "report.h"

/*
 * One object: keys may be added but are never renamed or removed.  Units are in the order of their
 * file and line.  Holds the whole report in memory, with every write of every field and its chain:
 * json_report() writes the same in a tenth of the bytes.
 */
void json1_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
