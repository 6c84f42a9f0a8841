/* SPDX-License-Identifier: GPL-2.0-only */
/* stmt_expr.h - statement expressions, ({ ... }) of GNU C. */
#ifndef RACYBITS_FRONT_STMT_EXPR_H
#define RACYBITS_FRONT_STMT_EXPR_H

#include "fn.h"

/* A statement expression whose scope is open. */
struct stmt_expr {
	struct live_guard *guards; /* alive outside of it */
	bool race_ok;		   /* races in it are admitted */
};

/* Evaluates all but the value; returns the expression that gives the value, or NULL. */
struct node *stmt_expr_open(struct fn *f, const struct node *n, struct stmt_expr *open);
/* Ends the scope, when the value was used. */
void stmt_expr_close(struct fn *f, const struct node *n, struct stmt_expr *open);

#endif
