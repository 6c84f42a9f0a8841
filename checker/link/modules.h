/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * modules.h - drivers that have nothing to do with each other.
 *
 * A module is a directory here.  It *provides* a record if a record that it defines has one as a
 * member: the objects that it works on are its own.  Two modules that provide a record, and neither
 * of which calls the other, have no object of it in common.
 */
#ifndef RACYBITS_MODULES_H
#define RACYBITS_MODULES_H

#include "link.h"

/* The pass: finds what each module provides, and which call which.  After callgraph_build(). */
void modules_find(struct link *l);
void modules_free(struct link *l);
/* Makes l remember its own answers; modules_forget() frees them. */
void modules_remember(struct link *l);
void modules_forget(struct link *l);
/*
 * Is each of the two functions only reached by direct calls from modules that provide the record, of
 * which none is one of the other function's, calls one of these or is called by one?
 */
bool modules_are_apart(const struct link *l, str record, uint32_t f, uint32_t g);

/* The module that the function is in: its directory. */
str module_of(const struct link *l, uint32_t f);
/* Are the two functions in one directory, or one of them below that of the other? */
bool modules_are_near(const struct link *l, uint32_t f, uint32_t g);
/*
 * Is f stored in tables alone, and do their modules have nothing to do with that of `user`, which has such
 * tables of its own?  Then the objects that f is called with are of other drivers.
 */
bool tables_are_of_others(const struct link *l, uint32_t f, uint32_t user);

#endif
