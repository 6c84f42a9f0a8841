/* SPDX-License-Identifier: GPL-2.0-only */
/* escape.h - fresh objects, what functions return, and where they publish objects. */
#ifndef RACYBITS_ESCAPE_H
#define RACYBITS_ESCAPE_H

#include "link.h"

/* Return values, fresh objects and publication of all functions, callees first. */
void escape_summarise(struct link *l);

/*
 * The index into info[f].fresh of the object that a path of f leads to; -1 if it is not known to
 * be fresh.  A variable is fresh if all that is assigned to it is.
 */
int fresh_bit(const struct link *l, uint32_t f, const struct path *p);

#endif
