/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * thinning.h - past a limit, fewer contexts of a function are kept apart.
 *
 * A helper that the whole kernel calls has thousands of contexts, and each of them leads to one of each
 * function that it calls.  Most of them say what another one says already: that the function is reached by
 * this kind of caller, with these locks at most, and with objects at runtime.
 */
#ifndef RACYBITS_THINNING_H
#define RACYBITS_THINNING_H

#include "context.h"

/*
 * Drops contexts of f that are not explored yet and that others make superfluous, if there are more than
 * LIMIT_APART.  The conflicts of one that is dropped are those of others, except of two entry points of which
 * it alone comes from one: so one that is less than eight calls from its entry point (chain_is_long()) stays
 * unless others come from two.  One whose callers were not seen always stays.
 */
void contexts_thin(struct link *l, uint32_t f);

#endif
