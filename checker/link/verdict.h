/* SPDX-License-Identifier: GPL-2.0-only */
/* verdict.h - the verdict of each storage unit. */
#ifndef RACYBITS_VERDICT_H
#define RACYBITS_VERDICT_H

#include "link.h"

/* Fills program.verdicts from the collected writes, which it frees.  Last of all passes. */
void verdict_judge(struct link *l);

#endif
