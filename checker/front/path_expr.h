/* SPDX-License-Identifier: GPL-2.0-only */
/* path_expr.h - the access path of an expression. */
#ifndef RACYBITS_FRONT_PATH_EXPR_H
#define RACYBITS_FRONT_PATH_EXPR_H

#include "node.h"

/* The object that an lvalue, or a record value, is. */
struct path path_object(struct fn *f, struct node *n);
/* The object that a pointer value points to. */
struct path path_value(struct fn *f, struct node *n);
/* An argument: path_value() of a pointer, path_object() of a record, the value of an integer constant;
 * a parameter passed on is followed; any other number is ROOT_UNKNOWN. */
struct path path_operand(struct fn *f, struct node *n);
/* The record object that a NODE_MEMBER selects from, anonymous members looked through. */
struct path path_base(struct fn *f, struct node *n);

/* Is the pointer variable followed by version (versions.h)? */
bool path_var_is_versioned(struct fn *f, struct var *v);

#endif
