/* SPDX-License-Identifier: GPL-2.0-only */
/* verdict_check.h - check the verdicts that link gives to the other rooms. */
#ifndef RACYBITS_VERDICT_CHECK_H
#define RACYBITS_VERDICT_CHECK_H

#include "link.h"

/* Ends the program if an index of a verdict is out of range, or its parts contradict each other. */
void verdict_check(const struct link *l);

#endif
