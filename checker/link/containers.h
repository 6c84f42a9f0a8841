/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * containers.h - objects embedded in one record, and code for those that are in another one.
 *
 * `x->ops->f(x)` of an x that is a member of a struct a calls what the ops of that x has.  A callee
 * that takes container_of(x, struct b, x) is called with an x that is in a struct b.
 */
#ifndef RACYBITS_CONTAINERS_H
#define RACYBITS_CONTAINERS_H

#include "context.h"

/*
 * Does a caller on the chain to context `at` pass an object that is a member of one record, and a
 * callee look for `obj` around it, in another record?  `obj` is a resolved
 * path in the frame of the function of `at`.
 */
bool chain_mistakes_container(const struct link *l, uint32_t at, const struct path *obj);

#endif
