/* SPDX-License-Identifier: GPL-2.0-only */
/* cfg.h - the control-flow graph of a function. */
#ifndef RACYBITS_FRONT_CFG_H
#define RACYBITS_FRONT_CFG_H

#include "fn.h"

/* Builds the graph of f->body into f->bbs. */
void cfg_build(struct fn *f);
/* Appends a statement at the current point. */
void cfg_stmt(struct fn *f, struct node *n);

#endif
