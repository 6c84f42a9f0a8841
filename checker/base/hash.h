/* SPDX-License-Identifier: GPL-2.0-only */
/* hash.h - 64-bit FNV-1a, the same in every run, and a faster one for tables in memory. */
#ifndef RACYBITS_HASH_H
#define RACYBITS_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SEED \
	0xcbf29ce484222325ULL /* seed of the first call; chained calls pass the hash so far */

uint64_t hash_bytes(uint64_t seed, const void *p, size_t bytes);
uint64_t hash_string(uint64_t seed, const char *s); /* with its NUL */

/* Mixes in one number.  Fast, but not FNV-1a: for tables in memory, not for what is stored. */
static inline uint64_t hash_mix(uint64_t seed, uint64_t v)
{
	seed = (seed ^ v) * UINT64_C(0x9e3779b97f4a7c15);
	return seed ^ seed >> 29;
}

/* The same of bytes, eight at a time. */
uint64_t hash_mix_bytes(const void *p, size_t bytes);

#endif
