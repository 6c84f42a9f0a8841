/* SPDX-License-Identifier: GPL-2.0-only */
/* field_type.h - the type that a bitfield gets as a member of its own. */
#ifndef RACYBITS_FIX_FIELD_TYPE_H
#define RACYBITS_FIX_FIELD_TYPE_H

#include "base/util.h"

/*
 * Returns the smallest type in which bitfield `f` of record `r` reads back every value as it does now
 * (C11 6.3.1.1p2, 6.3.1.3, 6.7.2.1p5), and its size in *bits; or NULL and the reason in *why, if a
 * store may be cut off to the bitfield's width or reads would be promoted to another type.  Reads
 * files of the tree `kdir`.  Memory is from `a`.
 */
const char *field_type_find(const struct program *p, const struct record *r, const struct field *f,
			    const char *kdir, uint64_t *bits, const char **why, struct arena *a);

#endif
