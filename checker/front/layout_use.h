/* SPDX-License-Identifier: GPL-2.0-only */
/* layout_use.h - reports code that depends on where the members of a record lie. */
#ifndef RACYBITS_FRONT_LAYOUT_USE_H
#define RACYBITS_FRONT_LAYOUT_USE_H

#include "node.h"

/* An initialiser list gives a value to the member without naming it: USE_POSITION. */
void layout_use_position(struct front *fr, const struct member_decl *m, CXCursor at);
/* USE_RANGE: the elements of a range of an initialiser count as one. */
void layout_use_range(struct front *fr, CXCursor at);
/* USE_OVERLAY, if the member shares bits with a bitfield of its record and is none itself. */
void layout_use_overlay(struct front *fr, str function, const struct member_decl *m, CXCursor at);
/*
 * USE_SIZE and USE_OFFSET: sizeof and offsetof in a constant condition or a static assertion, in the
 * function with that key (0: at file scope).
 */
void layout_use_condition(struct front *fr, str function, const struct node *condition);

#endif
