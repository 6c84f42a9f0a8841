/* SPDX-License-Identifier: GPL-2.0-only */
/* tu_cache.h - the compile commands of a tree, kept between runs: make takes seconds to print them. */
#ifndef RACYBITS_TU_CACHE_H
#define RACYBITS_TU_CACHE_H

#include "store.h"

/*
 * The tus that were found for `paths` (a text that stands for them) when everything that determines
 * them had this `key`, see compdb_key().  Returns false if they are not known.  compdb_free() frees
 * them.
 */
bool tu_cache_get(struct store *s, const char *paths, uint64_t key, struct tu_list *out);
/*
 * The `paths` of a run whose tus are known: "" if there was one, as that stands for all of the tree, else
 * those of the last run; NULL if there was none.  The caller frees it.
 */
char *tu_cache_asked(struct store *s);
void tu_cache_put(struct store *s, const char *paths, uint64_t key, const struct tu_list *tus);

#endif
