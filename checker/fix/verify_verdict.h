/* SPDX-License-Identifier: GPL-2.0-only */
/* verify_verdict.h - verify that a patch ends the race and makes no other verdict worse. */
#ifndef RACYBITS_FIX_VERIFY_VERDICT_H
#define RACYBITS_FIX_VERIFY_VERDICT_H

#include "verify_build.h"

/* Judges the copy again and adds the step to the patch, the last one applied to it. */
void verify_verdict(struct copy_builds *c, struct patch *patch);

#endif
