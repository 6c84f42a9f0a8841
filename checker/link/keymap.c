// SPDX-License-Identifier: GPL-2.0-only
/* keymap.c - a map from 64-bit keys to lists of numbers; also a set of keys. */
#include <uthash.h>

#include "keymap.h"

struct keymap_entry {
	uint64_t key;
	uint32_t *items;
	size_t n, cap;
	UT_hash_handle hh;
};

static struct keymap_entry *find(const struct keymap *m, uint64_t key)
{
	struct keymap_entry *e;

	HASH_FIND(hh, m->entries, &key, sizeof(key), e);
	return e;
}

static struct keymap_entry *get(struct keymap *m, uint64_t key)
{
	struct keymap_entry *e = find(m, key);

	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->key = key;
		HASH_ADD(hh, m->entries, key, sizeof(e->key), e);
	}
	return e;
}

void keymap_mark(struct keymap *m, uint64_t key)
{
	get(m, key);
}

void keymap_add(struct keymap *m, uint64_t key, uint32_t item)
{
	struct keymap_entry *e = get(m, key);
	size_t i;

	for (i = 0; i < e->n; i++)
		if (e->items[i] == item)
			return;
	*vec_add(e->items, e->n, e->cap) = item;
}

bool keymap_has(const struct keymap *m, uint64_t key)
{
	return find(m, key);
}

const uint32_t *keymap_list(const struct keymap *m, uint64_t key, size_t *n)
{
	const struct keymap_entry *e = find(m, key);

	*n = e ? e->n : 0;
	return e ? e->items : NULL;
}

uint32_t keymap_first(const struct keymap *m, uint64_t key)
{
	const struct keymap_entry *e = find(m, key);

	return e && e->n ? e->items[0] : NONE;
}

void keymap_free(struct keymap *m)
{
	struct keymap_entry *e = m->entries, *next;

	HASH_CLEAR(hh, m->entries);
	for (; e; e = next) {
		next = e->hh.next;
		free(e->items);
		free(e);
	}
}
