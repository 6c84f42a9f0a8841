/* SPDX-License-Identifier: GPL-2.0-only */
/* github.h - the report as annotations of a GitHub workflow. */
#ifndef RACYBITS_GITHUB_H
#define RACYBITS_GITHUB_H

#include "report.h"

/*
 * Workflow commands ("Workflow commands for GitHub Actions" in GitHub's documentation): a warning
 * for each finding, a notice if the baseline has it, an error for each tu that was not analysed.  A
 * message is the claim and its two writers.  The surest come first: GitHub shows the first ten.
 */
void github_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
