/* SPDX-License-Identifier: GPL-2.0-only */
/* local_defs.h - the paths of all values that pointer locals are given. */
#ifndef RACYBITS_FRONT_LOCAL_DEFS_H
#define RACYBITS_FRONT_LOCAL_DEFS_H

#include "fn.h"

/* Fills in function.locals; to be called when no more paths are built for the function. */
void local_defs_fill(struct fn *f);

#endif
