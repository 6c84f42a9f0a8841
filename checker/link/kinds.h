/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kinds.h - the kind of an object: which table of callbacks, or which callback, it was made with.
 *
 * `x->ops->f(x)` calls what the table of this x has.  Two chains that call, for one object, functions
 * of two tables need it to be of two kinds.
 */
#ifndef RACYBITS_KINDS_H
#define RACYBITS_KINDS_H

#include "context.h"
#include "lock_relation.h"

/*
 * Fills the `table` of each of w->via, which gets its own copy of them: `obj`, a resolved path in the
 * frame of context `at`, is the object written.  `paths` numbers the paths; one serves for all writes
 * that are compared.
 */
void kinds_fill(struct link *l, struct path_numbers *paths, uint32_t at, const struct path *obj,
		struct write *w);
/* The pass: finds which functions are in which slots, and how.  After slots_collect(). */
void kinds_find(struct link *l);
void kinds_free(struct link *l);
/* Makes l remember its own answers; kinds_forget() frees them. */
void kinds_remember(struct link *l);
void kinds_forget(struct link *l);
/*
 * Do all chains of calls to the functions with the two stores go through slots of one record that is
 * found from the object written, and call there what no object has at once?
 */
bool kinds_exclude(const struct link *l, const struct write *a, const struct write *b);

#endif
