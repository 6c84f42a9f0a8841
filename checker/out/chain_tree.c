// SPDX-License-Identifier: GPL-2.0-only
/* chain_tree.c - call chains as a tree. */
#include "chain_tree.h"

static uint32_t *bucket_find(const struct chain_tree *t, struct chain_node node)
{
	size_t at = hash_mix(hash_mix(HASH_SEED, node.caller), node.name) & (t->nbuckets - 1);

	for (; t->buckets[at]; at = (at + 1) & (t->nbuckets - 1)) {
		const struct chain_node *found = &t->v[t->buckets[at] - 1];

		if (found->caller == node.caller && found->name == node.name)
			break;
	}
	return &t->buckets[at];
}

static void tree_grow(struct chain_tree *t)
{
	size_t i;

	t->nbuckets = t->nbuckets ? 2 * t->nbuckets : 1024;
	free(t->buckets);
	t->buckets = xcalloc(t->nbuckets, sizeof(*t->buckets));
	for (i = 0; i < t->n; i++)
		*bucket_find(t, t->v[i]) = (uint32_t)i + 1;
}

static uint32_t node_add(struct chain_tree *t, struct chain_node node)
{
	uint32_t *bucket;

	if (t->nbuckets < 2 * (t->n + 1))
		tree_grow(t);
	bucket = bucket_find(t, node);
	if (!*bucket) {
		*vec_add(t->v, t->n, t->cap) = node;
		*bucket = (uint32_t)t->n;
	}
	return *bucket - 1;
}

uint32_t chain_tree_add(struct chain_tree *t, const struct write *w)
{
	uint32_t i, chain = NONE;

	for (i = 0; i < w->nchain; i++)
		chain = node_add(t, (struct chain_node){ .caller = chain, .name = w->chain[i] });
	return chain;
}

void chain_tree_free(struct chain_tree *t)
{
	free(t->v);
	free(t->buckets);
	*t = (struct chain_tree){ 0 };
}
