/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_summary.h - what a call of a function does to the locks of its caller. */
#ifndef RACYBITS_LOCK_SUMMARY_H
#define RACYBITS_LOCK_SUMMARY_H

#include "lockset_transfer.h"

/* Makes the summary of w->locks from the states at the exits of the function. */
void lock_summary(struct lock_flow *w);

#endif
