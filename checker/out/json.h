/* SPDX-License-Identifier: GPL-2.0-only */
/* json.h - the report as JSON, version 2. */
#ifndef RACYBITS_JSON_H
#define RACYBITS_JSON_H

#include "report.h"

/*
 * One object, described by docs/report-2.schema.json: keys may be added but are never renamed or
 * removed.  Units are in the order of their file and line, and are written one after the other; what
 * stays in memory is a table of the locksets and call chains that they name by number.
 */
void json_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
