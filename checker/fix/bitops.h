/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops.h - the strategy "bitops": the fields that move become bits that are changed atomically. */
#ifndef RACYBITS_FIX_BITOPS_H
#define RACYBITS_FIX_BITOPS_H

#include "patch.h"

/*
 * Fills in patch->files: each field of the plan becomes a bit of an unsigned long, and each of its
 * uses an atomic bit operation (Documentation/atomic_bitops.txt).  Returns false if it is refused:
 * plan.refusal says why.
 */
bool bitops_make(struct fix_series *s, struct patch *patch);

#endif
