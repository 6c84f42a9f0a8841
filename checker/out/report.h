/* SPDX-License-Identifier: GPL-2.0-only */
/* report.h - the options that all report formats share. */
#ifndef RACYBITS_REPORT_H
#define RACYBITS_REPORT_H

#include "base/util.h"

struct out_options {
	bool all;    /* report stable units, too */
	bool timing; /* report the real run time; else 0, so that two runs give the same bytes */
	const char *kdir;      /* the kernel tree, to quote source lines from; NULL: quote none */
	const char *config;    /* names the configuration, as "x86 for clang"; NULL: not known */
	const char *command;   /* the command line that makes the report; NULL: not known */
	const uint8_t *states; /* enum baseline_state of each verdict of the program, by index;
				* NULL: no baseline was given */
	unsigned int more;     /* findings that are left out, as more than were asked for */
};

/* Writes the report on `p` to `f`.  Write errors are left in the stream: output_commit() sees them. */
typedef void report_fn(FILE *f, const struct program *p, const struct out_options *o);

#endif
