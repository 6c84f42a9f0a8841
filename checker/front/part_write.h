/* SPDX-License-Identifier: GPL-2.0-only */
/* part_write.h - bitfields that a call such as memset() writes without the record around them. */
#ifndef RACYBITS_FRONT_PART_WRITE_H
#define RACYBITS_FRONT_PART_WRITE_H

#include "fn.h"

/* Fills in function.parts for a call that has its index. */
void part_write_note(struct fn *f, const struct node *n);

#endif
