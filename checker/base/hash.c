// SPDX-License-Identifier: GPL-2.0-only
/* hash.c - 64-bit FNV-1a. */
#include <string.h>

#include "hash.h"

uint64_t hash_bytes(uint64_t seed, const void *p, size_t bytes)
{
	const unsigned char *b = p;

	while (bytes--)
		seed = (seed ^ *b++) * 0x100000001b3ULL;
	return seed;
}

uint64_t hash_string(uint64_t seed, const char *s)
{
	return hash_bytes(seed, s, strlen(s) + 1);
}
