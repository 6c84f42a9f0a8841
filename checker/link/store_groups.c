// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_groups.c - fields that are given constants one after the other, whoever comes there.
 *
 * a = 0; b = 0 in two threads: neither stores b before its own a, so from the first store of a on all
 * store units that are written back have the new a, and the last store is one of b.
 */
#include "store_groups.h"
#include "path.h"
#include "resolve.h"

/* More are not looked at. */
#define TOGETHER_MAX 16

static const struct block *block_of(const struct function *fn, const struct event *e)
{
	uint32_t b;

	for (b = 0; b < fn->nblocks; b++)
		if (e >= fn->blocks[b].events && e < fn->blocks[b].events + fn->blocks[b].nevents)
			return &fn->blocks[b];
	return NULL;
}

static bool is_constant(const struct event *e)
{
	return e->access == ACCESS_WRITE && e->field && e->value;
}

static bool is_listed(const struct event *const *list, uint32_t n, str field)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (list[i]->field == field)
			return true;
	return false;
}

uint64_t stored_together(const struct link *l, uint32_t f, const struct point *pt)
{
	const struct event *list[TOGETHER_MAX], *at = pt->event;
	const struct block *b;
	uint64_t h = HASH_SEED;
	uint32_t i, n = 0;

	if (at->kind != EV_ACCESS || !is_constant(at) ||
	    resolve_path(l, f, at->obj).root == ROOT_LOCAL)
		return 0;
	b = block_of(&l->p->functions[f], at);
	for (i = 0; b && i < b->nevents; i++) {
		const struct event *e = &b->events[i];

		if (e->kind != EV_ACCESS || e->access == ACCESS_READ ||
		    e->obj->type != at->obj->type)
			continue;
		if (!is_constant(e) || !same_object(e->obj, at->obj) || n == TOGETHER_MAX ||
		    is_listed(list, n, e->field))
			return 0;
		list[n++] = e;
	}
	for (i = 0; i < n; i++) {
		h = hash_bytes(h, &list[i]->field, sizeof(str));
		h = hash_bytes(h, &list[i]->value, sizeof(str));
	}
	return n > 1 ? h : 0;
}
