/* SPDX-License-Identifier: GPL-2.0-only */
/* guard.h - the guard of a field: the lock that is held exclusively at every runtime write of it. */
#ifndef RACYBITS_GUARD_H
#define RACYBITS_GUARD_H

#include "base/model.h"

/*
 * The name of the guard of v->fields[] element `f`, whose writes are filled in; 0 if it has none.
 * If several locks qualify, the nearest to the object is chosen: a member of it, then one behind a
 * pointer, then a global one, then a pseudo-lock.
 */
str guard_find(const struct unit_verdict *v, const struct unit_field *f);

#endif
