/* SPDX-License-Identifier: GPL-2.0-only */
/* report_read.h - the findings of a report in JSON, version 1 or 2. */
#ifndef RACYBITS_SERIES_REPORT_READ_H
#define RACYBITS_SERIES_REPORT_READ_H

#include "baseline.h"

/* A finding of a report. */
struct reported {
	str name, file; /* of the struct */
	uint32_t line;
	uint32_t confidence;
	str fields[2]; /* of the pair that the report shows */
	struct baseline *pairs;
};

struct report_file {
	struct reported *v; /* in the order of the report */
	size_t n, cap;
	struct baseline *all; /* the pairs of all findings */
};

/*
 * Reads the findings, and their conflicts, that are at least as sure as `least`, an enum confidence; what
 * is acknowledged is none.  Dies, with the name of the file and what was expected, if it is no such report.
 * report_file_free() frees it.
 */
void report_read(struct report_file *r, const char *path, uint32_t least);
void report_file_free(struct report_file *r);

#endif
