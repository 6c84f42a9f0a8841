/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock_name.h - the names that locks go by in reports: "record.member", "global_lock", and
 * "kind(object)" for a pseudo-lock, which no code takes but which serialises all the same: the PM
 * callbacks of a device, a work item that does not run against itself.
 */
#ifndef RACYBITS_LOCK_NAME_H
#define RACYBITS_LOCK_NAME_H

#include "base/util.h"

/* The name of a pseudo-lock: "pm(dev)", "work(foo_work)". */
str pseudo_lock_name(const char *kind, const char *object);
bool is_pseudo_lock(str name);
/* The last part of a name: "lock" of "q.lock", "pm" of "pm(dev)". */
str lock_last_member(str name);

#endif
