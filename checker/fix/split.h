/* SPDX-License-Identifier: GPL-2.0-only */
/* split.h - the strategy "split": the fields that move get storage of their own. */
#ifndef RACYBITS_FIX_SPLIT_H
#define RACYBITS_FIX_SPLIT_H

#include "patch.h"

/*
 * Fills in files and script of s->patches[i], writes the script to the output directory, and lets
 * spatch try it.  Returns false if it is refused: plan.refusal says why.
 */
bool split_make(struct fix_series *s, size_t i);

#endif
