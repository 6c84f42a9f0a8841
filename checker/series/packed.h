/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * packed.h - findings as bytes, for another process or a later run.  Reading dies if the bytes are not what
 * was written.
 */
#ifndef RACYBITS_SERIES_PACKED_H
#define RACYBITS_SERIES_PACKED_H

#include "base/buf.h"

/* What is left to read. */
struct packed {
	const unsigned char *at, *end;
};

/* A number of things that follow, each of at least a byte: buf_varint() wrote it. */
size_t packed_number(struct packed *p);

void packed_text_put(struct buf *out, const char *text);
/* Points into the bytes that are read. */
const char *packed_text(struct packed *p);

#endif
