/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * continued.h - works that continue what set-up code began.
 *
 * A probe may leave what takes long to a work.  If nothing but set-up code starts the work, and it starts
 * itself again only behind a failure, then it runs once for an object, which is not in use before.
 */
#ifndef RACYBITS_CONTINUED_H
#define RACYBITS_CONTINUED_H

#include "link.h"

/* Makes l->continued.  After contexts_explore(). */
void continued_find(struct link *l);
void continued_free(struct link *l);
/* Is function f the callback of such works alone?  Only as long as there are contexts. */
bool continues_setup(const struct link *l, uint32_t f);

#endif
