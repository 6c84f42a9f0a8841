/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_tus.h - the translation units (tus) that lint analyses, before and after the series. */
#ifndef RACYBITS_CLI_LINT_TUS_H
#define RACYBITS_CLI_LINT_TUS_H

#include "lint.h"

/*
 * Fills in l->tus: the tus below `paths` or, if npaths is 0, all if the database has their facts, else
 * those whose verdicts the series may change, and l->files, those that the series changes: without `paths` each of them has to be read.  The
 * commands are those of the makefiles as they were before the series.  A new file gets the command of a
 * tu near it.
 */
void lint_tus_find(struct lint *l, char *const *paths, size_t npaths);
/*
 * The tus whose file is there in one state of the tree, sorted.  The caller frees out->tus; all
 * else belongs to l->tus.
 */
void lint_tus_in(const struct lint *l, enum series_state state, struct tu_list *out);

#endif
