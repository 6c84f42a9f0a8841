// SPDX-License-Identifier: GPL-2.0-only
/* hash.c - 64-bit FNV-1a, and a faster one. */
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

uint64_t hash_mix_bytes(const void *p, size_t bytes)
{
	uint64_t h = hash_mix(HASH_SEED, bytes), word;
	const unsigned char *at = p;

	for (; bytes >= sizeof(word); bytes -= sizeof(word), at += sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		h = hash_mix(h, word);
	}
	word = 0;
	memcpy(&word, at, bytes);
	return hash_mix(h, word);
}
