/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * found.h - objects that are in use: found in a table, or by walking a list or a tree.  They are known by
 * the call that returns them, or that stores them through a pointer argument, as f(key, &object) does.
 */
#ifndef RACYBITS_FOUND_H
#define RACYBITS_FOUND_H

#include "link.h"

/* Does the call of f return an object that is in use, found in a table? */
bool call_looks_up(const struct link *l, uint32_t f, uint32_t call);
/* Is `def`, an assignment to variable `v` of f, one by way of its address, and are all objects found that come so? */
bool assigns_found(const struct link *l, uint32_t f, uint32_t v, const struct path *def);
/* Was the object, by every assignment to its variable, found so?  The path is one that resolve_path() returned. */
bool object_is_found(const struct link *l, uint32_t f, const struct path *resolved);
/*
 * Fills in what l->escape[f] says of found variables and of stores through pointer arguments, once that is
 * done for the callees of f and f's own fresh objects are known.
 */
void found_summarise(struct link *l, uint32_t f);

#endif
