/* SPDX-License-Identifier: GPL-2.0-only */
/* taking.h - the strategy "lock": stores that lack the lock of the others take it. */
#ifndef RACYBITS_FIX_TAKING_H
#define RACYBITS_FIX_TAKING_H

#include "patch.h"

/*
 * Makes the changed files: each store to a field that conflicts which lacks a lock that others hold is
 * made under it.  plan.moves become the fields of these stores.  With `single`, each field may have one
 * such store alone.  Returns false and sets plan.refusal, with no file changed, if there is no such lock, or
 * if it cannot be shown that taking it is harmless.
 */
bool taking_make(struct fix_series *s, struct patch *patch, bool single);

#endif
