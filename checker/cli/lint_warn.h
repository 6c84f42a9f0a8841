/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_warn.h - what lint did not look at, and its figures. */
#ifndef RACYBITS_CLI_LINT_WARN_H
#define RACYBITS_CLI_LINT_WARN_H

#include "lint.h"

/*
 * Was something of the series not analysed: a file that it changes, unless --unbuilt=ignore was given and
 * nothing builds it, or one that fails after it but not before it, or for another reason?
 */
bool lint_is_incomplete(const struct lint *l);
/*
 * Names on stderr each file that was not analysed, once, what could not be enforced, and what lint could
 * not see; the last line has the figures.
 */
void lint_warn(const struct lint *l);

#endif
