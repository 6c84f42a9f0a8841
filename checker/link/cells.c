// SPDX-License-Identifier: GPL-2.0-only
/* cells.c - sets of functions, each included in others: the solver of funcptr.c. */
#include "cells.h"

struct cell *cell_get(struct cells *c, const struct cell_key *key, bool add)
{
	struct cell *h;

	HASH_FIND(hh, c->all, key, sizeof(*key), h);
	if (!h && add) {
		h = xcalloc(1, sizeof(*h));
		h->key = *key;
		HASH_ADD(hh, c->all, key, sizeof(h->key), h);
	}
	return h;
}

void cell_put(struct cells *c, struct cell *to, uint32_t f)
{
	size_t i;

	for (i = 0; i < to->n; i++)
		if (to->items[i] == f)
			return;
	*vec_add(to->items, to->n, to->cap) = f;
	*vec_add(to->queue, to->nqueue, to->queue_cap) = f;
	if (!to->listed) {
		to->listed = true;
		*vec_add(c->work, c->nwork, c->work_cap) = to;
	}
}

void cell_include(struct cells *c, struct cell *from, struct cell *to)
{
	size_t i;

	*vec_add(c->edges, c->n, c->cap) = (struct flow_edge){ from, to };
	for (i = 0; i < from->n; i++)
		cell_put(c, to, from->items[i]);
}

static int by_source(const void *a, const void *b)
{
	const struct flow_edge *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* The index of the first edge from the cell. */
static size_t first_edge(const struct cells *c, const struct cell *from)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->edges[middle].from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void cells_propagate(struct cells *c)
{
	size_t e, i, n;

	if (c->n)
		qsort(c->edges, c->n, sizeof(*c->edges), by_source);
	while (c->nwork) {
		struct cell *h = c->work[--c->nwork];
		uint32_t *queue = h->queue;

		n = h->nqueue;
		h->queue = NULL;
		h->nqueue = h->queue_cap = 0;
		h->listed = false;
		for (e = first_edge(c, h); e < c->n && c->edges[e].from == h; e++)
			for (i = 0; i < n; i++)
				cell_put(c, c->edges[e].to, queue[i]);
		free(queue);
	}
}

void cells_free(struct cells *c)
{
	struct cell *h = c->all, *next;

	HASH_CLEAR(hh, c->all);
	for (; h; h = next) {
		next = h->hh.next;
		free(h->items);
		free(h->queue);
		free(h);
	}
	free(c->edges);
	free(c->work);
	*c = (struct cells){ 0 };
}
