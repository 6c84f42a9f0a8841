/* SPDX-License-Identifier: GPL-2.0-only */
/* load.h - chunks of many translation units into the flat arrays of one program (store room). */
#ifndef RACYBITS_MERGE_H
#define RACYBITS_MERGE_H

#include "facts/facts.h"

struct merge {
	struct program *p;
	struct arena *arena; /* owns all that is put into the program */
	size_t records_cap, functions_cap, slots_cap, declarations_cap;
	unsigned char *seen; /* by str: which kinds of key have been there */
	size_t seen_cap;
};

void merge_begin(struct merge *m, struct program *p, struct arena *arena);
/*
 * Adds the fact of a chunk; each chunk is to be given once, in the order of the translation units.
 * Of several records or functions with one key the first is kept and the others are counted in
 * stats.variants.  False if the chunk is damaged.
 */
bool merge_chunk(struct merge *m, uint32_t kind, const unsigned char *data, size_t n);
/* Sorts by file, line, column and key, and moves the arrays to the arena. */
void merge_end(struct merge *m);

#endif
