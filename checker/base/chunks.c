// SPDX-License-Identifier: GPL-2.0-only
/* chunks.c - arrays that grow and never move. */
#include <stdlib.h>

#include "alloc.h"
#include "array.h"
#include "chunks.h"

void chunks_reserve(struct chunks *c, uint32_t i, size_t size)
{
	void **chunk = &c->of[i / CHUNK];

	if (!*chunk)
		*chunk = xcalloc(CHUNK, size);
}

void chunks_free(struct chunks *c)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c->of) && c->of[i]; i++) {
		free(c->of[i]);
		c->of[i] = NULL;
	}
}
