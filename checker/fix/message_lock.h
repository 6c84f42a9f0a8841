/* SPDX-License-Identifier: GPL-2.0-only */
/* message_lock.h - the part of a message about stores that take a lock. */
#ifndef RACYBITS_FIX_MESSAGE_LOCK_H
#define RACYBITS_FIX_MESSAGE_LOCK_H

#include "patch.h"

/* Says which lock, what is done to the stores, and why it cannot deadlock. */
void put_taken(FILE *f, struct fix_series *s, const struct patch *patch);

#endif
