/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * node_build.h - rewrites libclang's tree into nodes: expressions (node_expr.c), initialiser lists
 * (node_init.c), statements and declarations (node_stmt.c), which recurse into each other.
 */
#ifndef RACYBITS_FRONT_NODE_BUILD_H
#define RACYBITS_FRONT_NODE_BUILD_H

#include "node.h"

/* In the functions below the kids are `count` cursors of fr->kids from index `base` on. */

/* node_expr.c: rewrites an expression, statement or declaration; NULL for what is not evaluated. */
struct node *node_build(struct fn *f, CXCursor c);
/* Appends the rewritten kids to a node without kids, leaving out what is not evaluated. */
void node_take(struct fn *f, struct node *n, size_t base, size_t count);
/* A node with one kid for each cursor, NULL where it is not evaluated. */
struct node *node_fixed(struct fn *f, enum node_kind kind, CXCursor c, size_t base, size_t count);

/* node_init.c: a braced initialiser list. */
struct node *node_init(struct fn *f, CXCursor c, size_t base, size_t count);
/*
 * The members and array indexes of a designator (NODE_DESIGNATED) or of offsetof (NODE_OFFSETOF).
 */
struct node *node_designated(struct fn *f, enum node_kind kind, CXCursor c, size_t base,
			     size_t count);

/* node_stmt.c */
struct node *node_stmt(struct fn *f, CXCursor c);
/* The declaration of a variable; NULL: of one with extern. */
struct node *node_var(struct fn *f, CXCursor c);

#endif
