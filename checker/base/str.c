// SPDX-License-Identifier: GPL-2.0-only
/* str.c - interned strings. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "array.h"
#include "hash.h"
#include "str.h"

/* Strings by number, and a hash table of numbers with open addressing. */
static struct {
	struct arena text;
	const char **strings;
	uint64_t *hashes;
	size_t n, cap, hash_cap;
	uint32_t *slots; /* 0: free */
	size_t nslots;	 /* a power of two */
} strtab;

static void strtab_rehash(void)
{
	size_t i, at;

	free(strtab.slots);
	strtab.nslots = strtab.nslots ? strtab.nslots * 2 : 4096;
	strtab.slots = xcalloc(strtab.nslots, sizeof(*strtab.slots));
	for (i = 1; i < strtab.n; i++) {
		at = strtab.hashes[i] & (strtab.nslots - 1);
		while (strtab.slots[at])
			at = (at + 1) & (strtab.nslots - 1);
		strtab.slots[at] = (uint32_t)i;
	}
}

static uint32_t strtab_add(const char *s, size_t n, uint64_t hash)
{
	char *copy = arena_alloc(&strtab.text, n + 1);

	memcpy(copy, s, n);
	strtab.strings = vec_grow(strtab.strings, strtab.n, &strtab.cap, sizeof(char *));
	strtab.hashes = vec_grow(strtab.hashes, strtab.n, &strtab.hash_cap, sizeof(uint64_t));
	strtab.strings[strtab.n] = copy;
	strtab.hashes[strtab.n] = hash;
	return (uint32_t)strtab.n++;
}

str str_intern_n(const char *s, size_t n)
{
	uint64_t h;
	size_t at;

	if (!s || !n)
		return 0;
	if (!strtab.n)
		strtab_add("", 0, HASH_SEED);
	if (strtab.n * 2 >= strtab.nslots)
		strtab_rehash();
	h = hash_bytes(HASH_SEED, s, n);
	for (at = h & (strtab.nslots - 1); strtab.slots[at]; at = (at + 1) & (strtab.nslots - 1)) {
		uint32_t id = strtab.slots[at];

		if (strtab.hashes[id] == h && !strncmp(strtab.strings[id], s, n) &&
		    !strtab.strings[id][n])
			return id;
	}
	return strtab.slots[at] = strtab_add(s, n, h);
}

str str_intern(const char *s)
{
	return s ? str_intern_n(s, strlen(s)) : 0;
}

str str_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	str id;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	id = str_intern(s);
	free(s);
	return id;
}

const char *str_get(str s)
{
	return s && s < strtab.n ? strtab.strings[s] : "";
}

static uint64_t str_hash(str s)
{
	return s && s < strtab.n ? strtab.hashes[s] : HASH_SEED;
}

size_t str_count(void)
{
	return strtab.n ? strtab.n : 1;
}

uint64_t str_pair_hash(str a, str b)
{
	uint64_t pair[] = { str_hash(a), str_hash(b) };

	return hash_bytes(HASH_SEED, pair, sizeof(pair));
}

/* Called millions of times with the same few strings: the answers are cached. */
str str_unqualified(str key)
{
	static struct {
		str *of; /* answer + 1; 0: not asked for yet */
		size_t n;
	} known;
	const char *s, *at;
	size_t n;

	if (key >= known.n) {
		n = strtab.cap > key ? strtab.cap : (size_t)key + 1;
		known.of = xrealloc(known.of, n * sizeof(*known.of));
		memset(known.of + known.n, 0, (n - known.n) * sizeof(*known.of));
		known.n = n;
	}
	if (!known.of[key]) {
		s = str_get(key);
		at = strchr(s, '@');
		known.of[key] = (at ? str_intern_n(s, (size_t)(at - s)) : key) + 1;
	}
	return known.of[key] - 1;
}
