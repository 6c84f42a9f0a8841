/* SPDX-License-Identifier: GPL-2.0-only */
/* ended_if.h - activities that a function ends on some of its paths, as it finds them running. */
#ifndef RACYBITS_ENDED_IF_H
#define RACYBITS_ENDED_IF_H

#include "lockset_transfer.h"

/*
 * The activities that calls of the function end, but for calls that only a parameter's value leads to: a
 * caller who passes another value meets what runs.  After lock_effects().
 */
lock_set ended_as_found(const struct lock_flow *w);

#endif
