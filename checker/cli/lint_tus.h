/* SPDX-License-Identifier: GPL-2.0-only */
/* lint_tus.h - the translation units (tus) that lint analyses, before and after the series. */
#ifndef RACYBITS_CLI_LINT_TUS_H
#define RACYBITS_CLI_LINT_TUS_H

#include "lint.h"

/*
 * Fills in l->tus: the tus below `paths` or, if npaths is 0, those whose verdicts the series may
 * change.  A new file gets the command of a tu near it.  Names on stderr a file of the series that
 * the configuration does not build.
 */
void lint_tus_find(struct lint *l, char *const *paths, size_t npaths);
/*
 * The tus whose file is there in one state of the tree, sorted.  The caller frees out->tus; all
 * else belongs to l->tus.
 */
void lint_tus_in(const struct lint *l, enum series_state state, struct tu_list *out);

#endif
