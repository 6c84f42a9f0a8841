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
/* Has a function of that name the address stored in a work or timer? */
bool is_work_callback(const struct link *l, str name);
/* The names of the works that f is stored in as their callback, *n of them. */
const uint32_t *works_with_callback(const struct link *l, uint32_t f, size_t *n);
/* Is function f the callback of such works alone?  Only as long as there are contexts. */
bool continues_setup(const struct link *l, uint32_t f);

/* Is the event, one of f, only reached where a callee of f has failed? */
bool behind_failure(const struct link *l, uint32_t f, const struct event *e);

#endif
