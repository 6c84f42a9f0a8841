/* SPDX-License-Identifier: GPL-2.0-only */
/* expr.h - evaluates expressions in order: their events and the control flow inside them. */
#ifndef RACYBITS_FRONT_EXPR_H
#define RACYBITS_FRONT_EXPR_H

#include "fn.h"

/* Evaluates an expression for its value or its effects. */
void expr_value(struct fn *f, struct node *n);
/* Evaluates an expression whose value goes into a variable. */
void expr_into(struct fn *f, struct node *n, struct var *v);

#endif
