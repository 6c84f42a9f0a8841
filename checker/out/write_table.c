// SPDX-License-Identifier: GPL-2.0-only
/* write_table.c - numbers what writes have in common: the store, the locks held ... */
#include "write_table.h"

/* --- kinds of likeness */

static uint64_t locks_hash(const struct write *w)
{
	uint64_t hash = HASH_SEED;
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		hash = hash_mix(hash_mix(hash, w->held[i].name), w->held[i].mode);
	return hash;
}

static bool locks_alike(const struct write *a, const struct write *b)
{
	uint32_t i;

	if (a->nheld != b->nheld)
		return false;
	for (i = 0; i < a->nheld; i++)
		if (a->held[i].name != b->held[i].name || a->held[i].mode != b->held[i].mode)
			return false;
	return true;
}

const struct write_likeness same_locks = { locks_hash, locks_alike };

static uint64_t store_hash(const struct write *w)
{
	uint64_t hash = hash_mix(hash_mix(HASH_SEED, w->loc.file), w->loc.line);

	return hash_mix(hash_mix(hash, w->loc.col), w->value);
}

static bool store_alike(const struct write *a, const struct write *b)
{
	return a->loc.file == b->loc.file && a->loc.line == b->loc.line &&
	       a->loc.col == b->loc.col && a->function == b->function && a->value == b->value &&
	       a->whole == b->whole;
}

const struct write_likeness same_store = { store_hash, store_alike };

static uint64_t way_hash(const struct write *w)
{
	return hash_mix(hash_mix(store_hash(w), w->phase), w->context);
}

static bool way_alike(const struct write *a, const struct write *b)
{
	return store_alike(a, b) && a->phase == b->phase && a->context == b->context;
}

const struct write_likeness same_way = { way_hash, way_alike };

static uint64_t way_locks_hash(const struct write *w)
{
	return hash_mix(way_hash(w), locks_hash(w));
}

static bool way_locks_alike(const struct write *a, const struct write *b)
{
	return way_alike(a, b) && locks_alike(a, b);
}

const struct write_likeness same_way_locks = { way_locks_hash, way_locks_alike };

/* --- the table */

/* The bucket with a row like the write, or the empty one where it belongs. */
static uint32_t *bucket_find(const struct write_table *t, const struct write *w)
{
	size_t at = t->like->hash(w) & (t->nbuckets - 1);

	while (t->buckets[at] && !t->like->alike(t->rows[t->buckets[at] - 1], w))
		at = (at + 1) & (t->nbuckets - 1);
	return &t->buckets[at];
}

static void table_grow(struct write_table *t)
{
	size_t i;

	t->nbuckets = t->nbuckets ? 2 * t->nbuckets : 64;
	free(t->buckets);
	t->buckets = xcalloc(t->nbuckets, sizeof(*t->buckets));
	for (i = 0; i < t->n; i++)
		*bucket_find(t, t->rows[i]) = (uint32_t)i + 1;
}

uint32_t write_table_add(struct write_table *t, const struct write *w)
{
	uint32_t *bucket;

	if (t->nbuckets < 2 * (t->n + 1))
		table_grow(t);
	bucket = bucket_find(t, w);
	if (!*bucket) {
		*vec_add(t->rows, t->n, t->cap) = w;
		*bucket = (uint32_t)t->n;
	}
	return *bucket - 1;
}

void write_table_free(struct write_table *t)
{
	free(t->rows);
	free(t->buckets);
	*t = (struct write_table){ .like = t->like };
}
