/* SPDX-License-Identifier: GPL-2.0-only */
/* unset.h - stores that happen only if their member is 0, as `if (!x->f) x->f = 1`. */
#ifndef RACYBITS_UNSET_H
#define RACYBITS_UNSET_H

#include "link.h"

/*
 * Do all paths from the entry of function f to the event pass a test by which `field` of `obj`, a
 * resolved path, is 0?  Whoever stores another value meanwhile does not count: of a member that nothing
 * clears, that is the same store.
 */
bool unset_before(const struct link *l, uint32_t f, const struct event *at, const struct path *obj,
		  str field);

/* The same for a member that is not 0 where that event is reached, as in `if (x->f) x->f = 0`. */
bool set_before(const struct link *l, uint32_t f, const struct event *at, const struct path *obj,
		str field);
/* Is the value, as it is spelled, 0? */
bool value_is_zero(str value);

#endif
