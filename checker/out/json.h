/* SPDX-License-Identifier: GPL-2.0-only */
/* json.h - the report as JSON, version 1. */
#ifndef RACYBITS_JSON_H
#define RACYBITS_JSON_H

#include "report.h"

/*
 * One object, described in README.md: keys may be added but are never renamed or removed.  Units
 * are in the order of their file and line.
 */
void json_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
