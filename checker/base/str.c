// SPDX-License-Identifier: GPL-2.0-only
/* str.c - interned strings. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "chunks.h"
#include "hash.h"
#include "mutex.h"
#include "str.h"

struct string {
	const char *text;
	uint64_t hash;
	uint32_t unqualified; /* the answer + 1; 0: not asked for yet.  Atomic */
};

/*
 * Strings by number: a thread reads those that it has numbers of while another one
 * adds.  The hash table of numbers has open addressing.
 */
static struct {
	pthread_mutex_t lock; /* of all but the strings that there are */
	struct arena text;
	struct chunks strings;
	size_t n;	 /* atomic */
	uint32_t *slots; /* 0: free */
	size_t nslots;	 /* a power of two */
} strtab = { .lock = MUTEX_INIT };

static struct string *string_at(uint32_t i)
{
	return chunk_element(struct string, &strtab.strings, i);
}

static void strtab_rehash(void)
{
	size_t i, at;

	free(strtab.slots);
	strtab.nslots = strtab.nslots ? strtab.nslots * 2 : 4096;
	strtab.slots = xcalloc(strtab.nslots, sizeof(*strtab.slots));
	for (i = 1; i < strtab.n; i++) {
		at = string_at((uint32_t)i)->hash & (strtab.nslots - 1);
		while (strtab.slots[at])
			at = (at + 1) & (strtab.nslots - 1);
		strtab.slots[at] = (uint32_t)i;
	}
}

static uint32_t strtab_add(const char *s, size_t n, uint64_t hash)
{
	char *copy = arena_alloc(&strtab.text, n + 1);
	uint32_t id = (uint32_t)strtab.n;

	memcpy(copy, s, n);
	chunks_reserve(&strtab.strings, id, sizeof(struct string));
	*string_at(id) = (struct string){ .text = copy, .hash = hash };
	__atomic_store_n(&strtab.n, strtab.n + 1, __ATOMIC_RELEASE);
	return id;
}

/* With strtab.lock held. */
static str intern_locked(const char *s, size_t n, uint64_t hash)
{
	size_t at;

	if (!strtab.n)
		strtab_add("", 0, HASH_SEED);
	if (strtab.n * 2 >= strtab.nslots)
		strtab_rehash();
	for (at = hash & (strtab.nslots - 1); strtab.slots[at];
	     at = (at + 1) & (strtab.nslots - 1)) {
		const struct string *have = string_at(strtab.slots[at]);

		if (have->hash == hash && !strncmp(have->text, s, n) && !have->text[n])
			return strtab.slots[at];
	}
	return strtab.slots[at] = strtab_add(s, n, hash);
}

str str_intern_n(const char *s, size_t n)
{
	uint64_t hash;
	str id;

	if (!s || !n)
		return 0;
	hash = hash_bytes(HASH_SEED, s, n);
	pthread_mutex_lock(&strtab.lock);
	id = intern_locked(s, n, hash);
	pthread_mutex_unlock(&strtab.lock);
	return id;
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

static struct string *string_of(str s)
{
	return s && s < __atomic_load_n(&strtab.n, __ATOMIC_ACQUIRE) ? string_at(s) : NULL;
}

const char *str_get(str s)
{
	const struct string *is = string_of(s);

	return is ? is->text : "";
}

static uint64_t str_hash(str s)
{
	const struct string *is = string_of(s);

	return is ? is->hash : HASH_SEED;
}

int str_compare(str a, str b)
{
	return a == b ? 0 : strcmp(str_get(a), str_get(b));
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

/* Called millions of times with the same few strings: the answers are kept. */
str str_unqualified(str key)
{
	struct string *is = string_of(key);
	const char *at;
	uint32_t known;

	if (!is)
		return key;
	known = __atomic_load_n(&is->unqualified, __ATOMIC_RELAXED);
	if (!known) {
		at = strchr(is->text, '@');
		known = (at ? str_intern_n(is->text, (size_t)(at - is->text)) : key) + 1;
		__atomic_store_n(&is->unqualified, known, __ATOMIC_RELAXED);
	}
	return known - 1;
}
