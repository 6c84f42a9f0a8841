/* SPDX-License-Identifier: GPL-2.0-only */
/* removed.h - attributes of a device that were removed before a store. */
#ifndef RACYBITS_REMOVED_H
#define RACYBITS_REMOVED_H

#include "link.h"

/*
 * Is the entry point of b's chain the callback of an attribute of a device, which is a member of some
 * record, and has a function of a's chain removed the device that is this member, or that record, on all
 * paths to the store of a?  The callbacks of the attributes have returned then (the model's `removes`).
 */
bool attributes_were_removed(const struct link *l, const struct write *a, const struct write *b);

#endif
