/* SPDX-License-Identifier: GPL-2.0-only */
/* simplify.h - the graph as reported. */
#ifndef RACYBITS_FRONT_SIMPLIFY_H
#define RACYBITS_FRONT_SIMPLIFY_H

#include "fn.h"

/* Fills in function.blocks: without empty and unreachable blocks, straight lines merged. */
void simplify_blocks(struct fn *f);

#endif
