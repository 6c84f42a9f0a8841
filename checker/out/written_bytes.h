/* SPDX-License-Identifier: GPL-2.0-only */
/* written_bytes.h - in words, which bytes of the record a store to a field writes. */
#ifndef RACYBITS_WRITTEN_BYTES_H
#define RACYBITS_WRITTEN_BYTES_H

#include "base/access_unit.h"

/* "1", or "1-2" */
void put_range(FILE *f, struct byte_range r);
/*
 * The bytes that stores to the racing bitfields write, by compiler, without the end of the line.
 * Returns false, and prints nothing, if no bitfield races.
 */
bool put_written_bytes(FILE *f, const struct unit_verdict *u);

#endif
