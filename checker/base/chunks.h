/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chunks.h - arrays that grow and never move.
 *
 * A thread reads elements while another one adds some: who adds them sees to it that no two do so at once.
 */
#ifndef RACYBITS_CHUNKS_H
#define RACYBITS_CHUNKS_H

#include <stddef.h>
#include <stdint.h>

#define CHUNK 65536 /* elements */

/* Starts zeroed. */
struct chunks {
	void *of[UINT32_MAX / CHUNK + 1];
};

/* Element i of an array of `type`, whose chunk is there. */
#define chunk_element(type, chunks, i) (&((type *)(chunks)->of[(i) / CHUNK])[(i) % CHUNK])

/* Makes the chunk that element i is in, of elements of `size` bytes, zeroed; nothing if it is there. */
void chunks_reserve(struct chunks *c, uint32_t i, size_t size);
/* Frees all of them; empty then. */
void chunks_free(struct chunks *c);

#endif
