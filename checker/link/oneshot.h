/* SPDX-License-Identifier: GPL-2.0-only */
/* oneshot.h - callbacks that run once for each object, as they free what they are called for. */
#ifndef RACYBITS_ONESHOT_H
#define RACYBITS_ONESHOT_H

#include "context.h"

/*
 * Finds the callbacks that free an object of a parameter, and where they are stored, and makes the
 * functions that store them relevant.  After escape_summarise() and relevance_mark().
 */
void oneshot_find(struct link *l);
void oneshot_check(const struct link *l);
/*
 * Finds from which entry points they are stored.  After writes_collect(), which asks for the
 * callbacks that may turn out to run once.
 */
void oneshot_settle(struct link *l);
void oneshot_free(struct link *l);

/* The nearest callback on the way to context `at` that may run once, or NONE. */
uint32_t oneshot_in_chain(const struct link *l, uint32_t at);
/* Between these two calls it remembers its answers for each of the contexts. */
void oneshot_remember(struct link *l, size_t ncontexts);
void oneshot_forget(struct link *l);
/*
 * Does the callback (a function, or NONE) run once for each object of the unit: does all that
 * stores it set up objects of the unit?  After oneshot_settle().
 */
bool oneshot_for(const struct link *l, const struct unit_verdict *v, uint32_t callback);

/* Does f free an object of a parameter on every path?  May it be called more than once for it? */
bool oneshot_frees(const struct link *l, uint32_t f);
bool oneshot_is_elsewhere(const struct link *l, uint32_t f);
/* Calls `each` for every place where a function stores such a callback into a fresh object. */
typedef void oneshot_store_fn(void *ctx, uint32_t callback, uint32_t by, const struct loc *at);
void oneshot_each_store(const struct link *l, oneshot_store_fn *each, void *ctx);

#endif
