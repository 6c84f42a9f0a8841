/* SPDX-License-Identifier: GPL-2.0-only */
/* callees.h - which functions a call may be of, by its name or by the pointer. */
#ifndef RACYBITS_CALLEES_H
#define RACYBITS_CALLEES_H

#include "link.h"

/*
 * The functions that call `c` of f may reach, with no regard to the copies that specialise() makes: *n of
 * them, by key, each once.  The array is `one` or belongs to `l`; NULL or empty if there are none.  After
 * funcptr_solve().
 */
const uint32_t *callees(const struct link *l, uint32_t f, const struct call *c, uint32_t *one,
			size_t *n);

#endif
