/* SPDX-License-Identifier: GPL-2.0-only */
/* lint.h - one run of `racybits lint`. */
#ifndef RACYBITS_CLI_LINT_H
#define RACYBITS_CLI_LINT_H

#include "analysis.h"
#include "lint_before.h"
#include "series/series.h"

struct lint_carry;

/* The stages fill it in from top to bottom: cmd_lint.c, lint_tus.c, lint_report.c. */
struct lint {
	const struct options *o;
	const char *dir; /* a temporary directory */
	struct kernel_tree tree;
	const char *db; /* with facts of earlier runs; NULL: there is none */
	char *base;	/* mirror of the tree BEFORE, for make; NULL: the tree will do */
	struct patch_series series;
	struct args readable; /* paths of files that the analysis may read */
	bool whole;	      /* all tus of the configuration are analysed: their facts are kept */
	struct tu_list tus;   /* of both states; behind tus.n, up to ntus, those not analysed */
	size_t ntus;
	struct lint_carry *carry; /* what the series changes in headers */
	struct lint_before before;
	bool same; /* the facts are the same before and after: `after` is not judged */
	struct analysis after;
	uint8_t *news; /* enum baseline_state of each verdict AFTER, compared with BEFORE */
	bool *gone;    /* of each finding BEFORE */
	unsigned int added, worse, known, removed,
		unsure; /* findings; unsure: that are not shown */
	size_t parsed;	/* tus parsed now, in both states */
	double seconds;
	struct args files; /* absolute paths of the C files and headers that the series changes */
	bool *read;	   /* which of them a tu has read, in any state */
	bool partial; /* too many tus depend on what the series changes: not all are analysed */
};

#endif
