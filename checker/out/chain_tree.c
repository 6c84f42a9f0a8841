// SPDX-License-Identifier: GPL-2.0-only
/* chain_tree.c - call chains as a tree. */
#include "chain_tree.h"

static uint32_t node_add(struct chain_tree *t, struct chain_node node)
{
	uint32_t number = numbers_get(&t->numbers, &node, sizeof(node));

	if (number > t->n)
		*vec_add(t->v, t->n, t->cap) = node;
	return number - 1;
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
	numbers_free(&t->numbers);
	*t = (struct chain_tree){ 0 };
}
