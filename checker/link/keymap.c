// SPDX-License-Identifier: GPL-2.0-only
/* keymap.c - a map from 64-bit keys to lists of numbers; also a set of keys. */
#include "keymap.h"

/* A list of one number, as nearly all are, is in the entry itself. */
struct keymap_entry {
	uint64_t key;
	uint32_t n, cap; /* of the list; cap 0: the entry is free */
	union {
		uint32_t one;	 /* cap 1 */
		uint32_t *items; /* cap > 1 */
	};
};

/* The entry of the key, or the free one that it may have.  The table must not be empty. */
static struct keymap_entry *slot_of(const struct keymap *m, uint64_t key)
{
	uint64_t i = hash_mix(HASH_SEED, key) >> m->shift;

	while (m->entries[i].cap && m->entries[i].key != key)
		i = (i + 1) & (m->size - 1);
	return &m->entries[i];
}

static const struct keymap_entry *find(const struct keymap *m, uint64_t key)
{
	const struct keymap_entry *e = m->size ? slot_of(m, key) : NULL;

	return e && e->cap ? e : NULL;
}

/* Open addressing, at most half full. */
static void grow(struct keymap *m)
{
	struct keymap old = *m;
	size_t i;

	if (2 * m->n < m->size)
		return;
	m->size = old.size ? 2 * old.size : 64;
	m->shift = 64 - (unsigned int)__builtin_ctzll(m->size);
	m->entries = xcalloc(m->size, sizeof(*m->entries));
	for (i = 0; i < old.size; i++)
		if (old.entries[i].cap)
			*slot_of(m, old.entries[i].key) = old.entries[i];
	free(old.entries);
}

static struct keymap_entry *get(struct keymap *m, uint64_t key)
{
	struct keymap_entry *e;

	grow(m);
	e = slot_of(m, key);
	if (!e->cap) {
		*e = (struct keymap_entry){ .key = key, .cap = 1 };
		m->n++;
	}
	return e;
}

static const uint32_t *items_of(const struct keymap_entry *e)
{
	return e->cap > 1 ? e->items : &e->one;
}

void keymap_mark(struct keymap *m, uint64_t key)
{
	get(m, key);
}

static void append(struct keymap_entry *e, uint32_t item)
{
	uint32_t *items;

	if (!e->n) {
		e->n = 1;
		e->one = item;
		return;
	}
	if (e->n == e->cap) {
		items = xmalloc((size_t)2 * e->cap * sizeof(*items));
		memcpy(items, items_of(e), e->n * sizeof(*items));
		if (e->cap > 1)
			free(e->items);
		e->items = items;
		e->cap *= 2;
	}
	e->items[e->n++] = item;
}

void keymap_add(struct keymap *m, uint64_t key, uint32_t item)
{
	struct keymap_entry *e = get(m, key);
	const uint32_t *items = items_of(e);
	uint32_t i;

	for (i = 0; i < e->n; i++)
		if (items[i] == item)
			return;
	append(e, item);
}

void keymap_append(struct keymap *m, uint64_t key, uint32_t item)
{
	struct keymap_entry *e = get(m, key);

	if (!e->n || items_of(e)[e->n - 1] != item)
		append(e, item);
}

bool keymap_has(const struct keymap *m, uint64_t key)
{
	return find(m, key);
}

const uint32_t *keymap_list(const struct keymap *m, uint64_t key, size_t *n)
{
	const struct keymap_entry *e = find(m, key);

	*n = e ? e->n : 0;
	return e ? items_of(e) : NULL;
}

uint32_t keymap_first(const struct keymap *m, uint64_t key)
{
	const struct keymap_entry *e = find(m, key);

	return e && e->n ? items_of(e)[0] : NONE;
}

void keymap_free(struct keymap *m)
{
	size_t i;

	for (i = 0; i < m->size; i++)
		if (m->entries[i].cap > 1)
			free(m->entries[i].items);
	free(m->entries);
	*m = (struct keymap){ 0 };
}
