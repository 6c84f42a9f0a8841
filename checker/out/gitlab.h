/* SPDX-License-Identifier: GPL-2.0-only */
/* gitlab.h - the report for GitLab's code quality widget. */
#ifndef RACYBITS_GITLAB_H
#define RACYBITS_GITLAB_H

#include "report.h"

/*
 * A JSON array in the "Code Quality report format" of GitLab's documentation: one issue for each
 * finding and for each unit whose verdict is unknown.
 */
void gitlab_report(FILE *f, const struct program *p, const struct out_options *o);

#endif
