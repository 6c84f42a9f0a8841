/* SPDX-License-Identifier: GPL-2.0-only */
/* node_const.h - constant values of expressions. */
#ifndef RACYBITS_FRONT_NODE_CONST_H
#define RACYBITS_FRONT_NODE_CONST_H

#include "node.h"

/*
 * The value of an integer expression that an optimiser folds to a constant, as node_integer() of it has
 * it; false: it is none, or its evaluation has side effects.
 */
bool node_const(struct fn *f, const struct node *n, long long *value);
/* Is it the null pointer, or an integer constant cast to a pointer? */
bool node_is_null(struct fn *f, const struct node *n);

#endif
