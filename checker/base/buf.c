// SPDX-License-Identifier: GPL-2.0-only
/* buf.c - byte buffers that grow, and numbers in them as LEB128 varints. */
#include "buf.h"

void buf_add(struct buf *b, const void *p, size_t bytes)
{
	if (!bytes)
		return;
	if (b->cap - b->n < bytes) {
		b->cap = b->cap * 2 > b->n + bytes ? b->cap * 2 : b->n + bytes + 64;
		b->data = xrealloc(b->data, b->cap);
	}
	memcpy(b->data + b->n, p, bytes);
	b->n += bytes;
}

void buf_varint(struct buf *b, uint64_t v)
{
	unsigned char bytes[10];
	size_t n = 0;

	for (; v > 0x7f; v >>= 7)
		bytes[n++] = (unsigned char)(v | 0x80);
	bytes[n++] = (unsigned char)v;
	buf_add(b, bytes, n);
}

bool varint_read(const unsigned char **at, const unsigned char *end, uint64_t *v)
{
	unsigned int shift;
	unsigned char byte;

	*v = 0;
	for (shift = 0; shift < 64 && *at < end; shift += 7) {
		byte = *(*at)++;
		if (shift == 63 && byte > 1)
			return false;
		*v |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}
