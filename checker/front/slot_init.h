/* SPDX-License-Identifier: GPL-2.0-only */
/* slot_init.h - functions stored in function-pointer members (slots). */
#ifndef RACYBITS_FRONT_SLOT_INIT_H
#define RACYBITS_FRONT_SLOT_INIT_H

#include "node.h"

/* Reports the functions in the initialiser of a variable at file scope. */
void slot_init_global(struct front *fr, CXCursor var);
/* Reports the functions in the initialiser of an object of type `type`; `object`: the name of the
 * variable if it is a global one, else 0. */
void slot_init_list(struct fn *f, struct node *init, CXType type, str object);
/*
 * Reports the functions that `value` may be, stored in the member (NULL: in the variable
 * `object`).
 */
void slot_init_value(struct fn *f, const struct member_decl *m, struct node *value, str object);

#endif
