/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_report.h - the report of lint, once both states are judged and compared. */
#ifndef RACYBITS_CLI_LINT_REPORT_H
#define RACYBITS_CLI_LINT_REPORT_H

#include "lint.h"

/*
 * Writes the findings that the series adds or makes worse, each located on a line that the series
 * adds if there is one, and notes about findings that it removes and bitfields that it adds to a
 * storage unit.  The notes go to stderr if the report is for programs.
 */
void lint_report(const struct lint *l);

#endif
