/* SPDX-License-Identifier: GPL-2.0-only */
/* init_walk.h - which member each value of an initialiser is for. */
#ifndef RACYBITS_FRONT_INIT_WALK_H
#define RACYBITS_FRONT_INIT_WALK_H

#include "node.h"

/*
 * Calls back for every scalar of the initialiser of an object of type `type`, in order: the member it
 * initialises (NULL: it is no member's), and its value.  Designators and omitted braces follow C11
 * 6.7.9; a value that a later one overrides is left out.
 */
void init_walk(struct front *fr, struct node *init, CXType type,
	       void (*use)(void *ctx, const struct member_decl *m, struct node *value), void *ctx);

#endif
