/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_confine.h - what the analysis of patches that are not trusted may do. */
#ifndef RACYBITS_CLI_LINT_CONFINE_H
#define RACYBITS_CLI_LINT_CONFINE_H

#include "lint.h"

/*
 * Fills in l->readable: the tree, its build, our files, the compiler's own headers, and directories
 * outside of the tree that the compile commands name.
 */
void lint_confine(struct lint *l);
/* Confines a worker process that only looks at files of the series: to the tree and our own files. */
void lint_confine_worker(const struct lint *l);
/* Says on stderr what the running kernel cannot enforce. */
void lint_warn_unconfined(void);

#endif
