/* SPDX-License-Identifier: GPL-2.0-only */
/* verify_verdict.h - verify that a patch ends the race and makes no other verdict worse. */
#ifndef RACYBITS_FIX_VERIFY_VERDICT_H
#define RACYBITS_FIX_VERIFY_VERDICT_H

#include "verify_build.h"

/* Judges the tree with the files of the copy, to which all patches are applied; adds the step to each. */
void verify_verdicts(struct copy_builds *c);

#endif
