/* SPDX-License-Identifier: GPL-2.0-only */
/* stack_member.h - pointers kept in a member of a structure on the stack, as cleanup guards do. */
#ifndef RACYBITS_FRONT_STACK_MEMBER_H
#define RACYBITS_FRONT_STACK_MEMBER_H

#include "fn.h"

/* The only value, other than null and error codes, that the member of the variable is ever given;
 * NULL: there are several, or none. */
struct node *stack_member_value(struct fn *f, struct var *v, const struct member_decl *m);

#endif
