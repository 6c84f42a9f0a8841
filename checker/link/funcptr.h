/* SPDX-License-Identifier: GPL-2.0-only */
/* funcptr.h - points-to sets of function pointers. */
#ifndef RACYBITS_FUNCPTR_H
#define RACYBITS_FUNCPTR_H

#include "link.h"

/* Follows functions from where they are named to all that may hold them.  After symtab_build(). */
void funcptr_solve(struct link *l);
void funcptr_free(struct link *l);

/*
 * The functions that the value `p` in f, or the pointer that an indirect call of f goes through,
 * may be: `n` of them, sorted by key.  The array belongs to the pass; NULL if there are none.
 */
const uint32_t *funcptr_of_path(const struct link *l, uint32_t f, const struct path *p, size_t *n);
const uint32_t *funcptr_of_call(const struct link *l, uint32_t f, const struct call *c, size_t *n);

/* Calls `each` for every function that a slot may hold, in no particular order. */
typedef void funcptr_slot_fn(void *ctx, str record, str field, uint32_t function);
void funcptr_each_slot(const struct link *l, funcptr_slot_fn *each, void *ctx);
/* Orders functions by key: their numbers depend on the order in which they were read. */
int funcptr_compare(const struct program *p, uint32_t a, uint32_t b);

#endif
