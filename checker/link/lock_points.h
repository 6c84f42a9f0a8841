/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_points.h - what is known of locks at each call and write of a function. */
#ifndef RACYBITS_LOCK_POINTS_H
#define RACYBITS_LOCK_POINTS_H

#include "lockset_transfer.h"

/* Makes w->locks->points from the states at each block.  After lock_summary(): it may name more locks. */
void lock_points_keep(struct lock_flow *w);

#endif
