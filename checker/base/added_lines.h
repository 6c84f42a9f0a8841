/* SPDX-License-Identifier: GPL-2.0-only */
/* added_lines.h - the lines that a series of patches adds. */
#ifndef RACYBITS_BASE_ADDED_LINES_H
#define RACYBITS_BASE_ADDED_LINES_H

#include "model.h"

/* Sorts the ranges as lines_add() wants them. */
void added_lines_sort(struct added_lines *v, size_t n);
/* Is the line at `at` in one of the n ranges, which are sorted and do not overlap? */
bool lines_add(const struct added_lines *v, size_t n, const struct loc *at);

#endif
