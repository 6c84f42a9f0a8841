/* SPDX-License-Identifier: GPL-2.0-only */
/* kept_answer.h - explain without PATHs. */
#ifndef RACYBITS_CLI_KEPT_ANSWER_H
#define RACYBITS_CLI_KEPT_ANSWER_H

#include "analysis.h"

/*
 * Judges the struct given->args[0] by the facts of an earlier run: of all the tree if there are such, else
 * of the last run.  A few files that have changed are parsed again.  Dies with one line (status 2) that says what
 * to do if there was no such run, if the struct is not in its facts, or if the run did not come to its end.
 * analysis_free() frees `an`.
 */
void kept_answer(struct analysis *an, const struct options *given);

#endif
