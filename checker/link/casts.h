/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * casts.h - two ways to one address: by a member, and by a cast of the pointer to what contains it.
 *
 * A record and its first member are at one address, and a pointer to one converts to a pointer to the
 * other (C11 6.7.2.1p15).  Kernel code does so by casts, which leave no step in a path.
 */
#ifndef RACYBITS_CASTS_H
#define RACYBITS_CASTS_H

#include "link.h"

/*
 * Takes from the path to a member the steps that only change the type by which memory is seen.  The
 * last step, which names the member, stays.
 */
void drop_casts(const struct link *l, struct path *p);
/* Do the paths to two members, which differ, lead to one if steps that stay at one address are dropped? */
bool same_but_for_casts(const struct link *l, const struct path *a, const struct path *b);

#endif
