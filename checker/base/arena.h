/* SPDX-License-Identifier: GPL-2.0-only */
/* arena.h - memory that is freed as a whole: an arena for each piece of work. */
#ifndef RACYBITS_ARENA_H
#define RACYBITS_ARENA_H

#include <stddef.h>
#include "error.h"

/* Starts zeroed. */
struct arena {
	struct arena_chunk *head;
};

/* Zeroed memory, aligned for uint64_t; lives until arena_free(), as what the others return. */
void *arena_alloc(struct arena *a, size_t bytes);
void *arena_copy(struct arena *a, const void *p, size_t bytes); /* NULL for 0 bytes */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
/* Frees all but one chunk of memory, to be used again. */
void arena_clear(struct arena *a);
/* Hands all memory of `from` on to `to`, which frees it; `from` is empty then. */
void arena_adopt(struct arena *to, struct arena *from);
/* Frees everything; the arena is empty and may be used again. */
void arena_free(struct arena *a);

#endif
