/* SPDX-License-Identifier: GPL-2.0-only */
/* access_unit.h - the access unit of a bitfield: the bytes that a compiler's store to it writes. */
#ifndef RACYBITS_ACCESS_UNIT_H
#define RACYBITS_ACCESS_UNIT_H

#include "base/util.h"

/* Bytes from the start of the record, both included. */
struct byte_range {
	uint64_t first, last;
};

/*
 * The bytes that a store to bitfield `f` of `r` writes: gcc 12 for x86-64, clang 19 for x86-64 and
 * arm64.  The rules are at the top of access_unit.c.
 */
struct byte_range access_unit_gcc(const struct record *r, const struct field *f);
struct byte_range access_unit_clang(const struct record *r, const struct field *f);

#endif
