/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_quiet.h - files of which a series changes comments and white space alone. */
#ifndef RACYBITS_CLI_LINT_QUIET_H
#define RACYBITS_CLI_LINT_QUIET_H

#include "lint.h"

/*
 * Leaves such files out of the series: both states get the content that more of the stored facts are made
 * of.  Lines that the report gives of such a file are those of that content.
 */
void lint_quiet(struct lint *l);

#endif
