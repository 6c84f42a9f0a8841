/* SPDX-License-Identifier: GPL-2.0-only */
/* branch.h - conditions: evaluates an expression and branches on it. */
#ifndef RACYBITS_FRONT_BRANCH_H
#define RACYBITS_FRONT_BRANCH_H

#include "bb.h"
#include "fn.h"

/* Goes to `yes` if the value is not zero, else to `no`; the current block is ended. */
void branch_on(struct fn *f, struct node *n, struct bb *yes, struct bb *no);

#endif
