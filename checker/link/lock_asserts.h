/* SPDX-License-Identifier: GPL-2.0-only */
/* lock_asserts.h - code that says by a test that it runs with a lock held. */
#ifndef RACYBITS_LOCK_ASSERTS_H
#define RACYBITS_LOCK_ASSERTS_H

#include "link.h"

struct lock_api;

/*
 * Does f assert with `call`, a call of the function of `api`, that the lock is held?  The result of a
 * function that tells whether it is, as mutex_is_locked(), has to make no difference, but that the code
 * complains or stops if it is not.
 */
bool call_asserts(const struct link *l, uint32_t f, uint32_t call, const struct lock_api *api);

#endif
