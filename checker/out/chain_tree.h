/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * chain_tree.h - call chains as a tree: a chain is that of its caller and one more function, so that
 * chains with the same beginning have it in common.
 */
#ifndef RACYBITS_CHAIN_TREE_H
#define RACYBITS_CHAIN_TREE_H

#include "base/numbers.h"
#include "base/util.h"

struct chain_node {
	uint32_t caller; /* number of the chain without its last function, NONE: it is the only one */
	str name;	 /* the last function or, at the entry, slot */
};

/* Starts zeroed. */
struct chain_tree {
	struct chain_node *v; /* by number; a caller's is less than that of its callees */
	size_t n, cap;
	struct numbers numbers; /* of these nodes, from 1 on */
};

/* The number of the write's chain, which is added, with those of its callers, if it is new. */
uint32_t chain_tree_add(struct chain_tree *t, const struct write *w);
/* Forgets all chains. */
void chain_tree_free(struct chain_tree *t);

#endif
