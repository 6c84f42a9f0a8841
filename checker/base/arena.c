// SPDX-License-Identifier: GPL-2.0-only
/* arena.c - memory that is freed as a whole. */
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"

#define CHUNK_FIRST ((size_t)4 << 10) /* bytes; each chunk is twice as large as the one before */
#define CHUNK_MOST ((size_t)1 << 20)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	alignas(uint64_t) unsigned char data[];
};

static void arena_grow(struct arena *a, size_t need)
{
	struct arena_chunk *c;
	size_t size = a->head ? a->head->size * 2 : CHUNK_FIRST;

	if (size > CHUNK_MOST)
		size = CHUNK_MOST;
	if (size < need)
		size = need;
	c = xcalloc(1, sizeof(*c) + size);
	c->next = a->head;
	c->size = size;
	a->head = c;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
	size_t align = alignof(uint64_t), need = (bytes + align - 1) / align * align;
	void *p;

	if (!a->head || a->head->size - a->head->used < need)
		arena_grow(a, need);
	p = a->head->data + a->head->used;
	a->head->used += need;
	return p;
}

void *arena_copy(struct arena *a, const void *p, size_t bytes)
{
	return bytes ? memcpy(arena_alloc(a, bytes), p, bytes) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

static void free_chunks(struct arena_chunk *c)
{
	struct arena_chunk *next;

	for (; c; c = next) {
		next = c->next;
		free(c);
	}
}

void arena_free(struct arena *a)
{
	free_chunks(a->head);
	a->head = NULL;
}

void arena_clear(struct arena *a)
{
	if (!a->head)
		return;
	free_chunks(a->head->next);
	memset(a->head->data, 0, a->head->used);
	a->head->next = NULL;
	a->head->used = 0;
}

void arena_adopt(struct arena *to, struct arena *from)
{
	struct arena_chunk **end = to->head ? &to->head->next : &to->head;

	/* Behind the chunk in use. */
	while (from->head) {
		struct arena_chunk *c = from->head;

		from->head = c->next;
		c->next = *end;
		*end = c;
	}
}
