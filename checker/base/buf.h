/* SPDX-License-Identifier: GPL-2.0-only */
/* buf.h - byte buffers that grow, and numbers in them as LEB128 varints. */
#ifndef RACYBITS_BASE_BUF_H
#define RACYBITS_BASE_BUF_H

#include "util.h"

/* All zero is an empty buffer.  The owner frees `data`. */
struct buf {
	unsigned char *data;
	size_t n, cap; /* bytes in use, and allocated */
};

/* Appends a copy of `bytes` bytes. */
void buf_add(struct buf *b, const void *p, size_t bytes);
/* Appends a number, in 1 to 10 bytes. */
void buf_varint(struct buf *b, uint64_t v);
/*
 * Reads a number that buf_varint() wrote and moves *at behind it.  False if it does not end before
 * `end` or needs more than 64 bits; *at is then somewhere in it.
 */
bool varint_read(const unsigned char **at, const unsigned char *end, uint64_t *v);

#endif
