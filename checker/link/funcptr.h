/* SPDX-License-Identifier: GPL-2.0-only */
/* funcptr.h - points-to analysis of function pointers. */
#ifndef RACYBITS_FUNCPTR_H
#define RACYBITS_FUNCPTR_H

#include "link.h"

/*
 * Makes l->funcptr: which functions each slot, variable, parameter and result may hold.  After
 * symtab_build().
 */
void funcptr_solve(struct link *l);
void funcptr_check(const struct link *l);
void funcptr_free(struct link *l);

/*
 * The functions that a value in the frame of f may be, or that an indirect call of f may reach:
 * *n of them, by key, each once; NULL if there are none.  The array belongs to l->funcptr.
 */
const uint32_t *funcptr_of_path(const struct link *l, uint32_t f, const struct path *p, size_t *n);
const uint32_t *funcptr_of_call(const struct link *l, uint32_t f, const struct call *c, size_t *n);

/* Calls `each` for every slot and every function that it may hold, in no particular order. */
typedef void funcptr_slot_fn(void *ctx, str record, str field, uint32_t function);
void funcptr_each_slot(const struct link *l, funcptr_slot_fn *each, void *ctx);

#endif
