// SPDX-License-Identifier: GPL-2.0-only
/* simplify.c - the graph as reported: no empty, unreachable or needlessly split blocks. */
#include <assert.h>

#include "bb.h"
#include "simplify.h"

/* The block that an empty one leads to; a cycle of empty blocks is left alone. */
static struct bb *skip_empty(struct bb *bb)
{
	struct bb *slow = bb;
	unsigned n = 0;

	while (!bb->events && bb->nsuccs == 1) {
		bb = bb->succs[0];
		if (n++ & 1)
			slow = slow->succs[0];
		if (bb == slow)
			break;
	}
	return bb;
}

static void drop_double_edges(struct bb *bb)
{
	size_t i, j, n = 0;

	for (i = 0; i < bb->nsuccs; i++) {
		bb->succs[i] = skip_empty(bb->succs[i]);
		for (j = 0; j < n && bb->succs[j] != bb->succs[i]; j++)
			;
		if (j == n)
			bb->succs[n++] = bb->succs[i];
	}
	bb->nsuccs = n;
	if (n == 2)
		return;
	bb->test = NO_TEST;
}

/* Marks what is reachable, counts the edges into it, and numbers it depth first. */
static uint32_t mark(struct fn *f, struct bb *entry)
{
	struct bb **stack = NULL, *bb;
	size_t n = 0, cap = 0, i;
	uint32_t id = 0;

	for (bb = f->bbs; bb; bb = bb->next) {
		bb->reached = false;
		bb->npreds = 0;
	}
	*vec_add(stack, n, cap) = entry;
	while (n) {
		bb = stack[--n];
		if (bb->reached)
			continue;
		bb->reached = true;
		bb->id = id++;
		drop_double_edges(bb);
		for (i = bb->nsuccs; i-- > 0;) {
			bb->succs[i]->npreds++;
			if (!bb->succs[i]->reached)
				*vec_add(stack, n, cap) = bb->succs[i];
		}
	}
	free(stack);
	return id;
}

/* Merges every block with its only successor if it is the only predecessor of that. */
static void merge(struct fn *f, struct bb *entry)
{
	struct bb *bb, *to;

	for (bb = f->bbs; bb; bb = bb->next) {
		if (!bb->reached)
			continue;
		while (bb->nsuccs == 1 && bb->succs[0]->npreds == 1 && bb->succs[0] != bb &&
		       bb->succs[0] != entry) {
			to = bb->succs[0];
			if (to->events) {
				*bb->events_end = to->events;
				bb->events_end = to->events_end;
			}
			bb->succs = to->succs;
			bb->nsuccs = to->nsuccs;
			bb->test = to->test;
			bb->return_kind = to->return_kind;
			bb->return_index = to->return_index;
			to->reached = false;
			to->nsuccs = 0;
		}
	}
}

static void fill_block(struct fn *f, struct block *out, const struct bb *bb)
{
	struct block_event *e;
	size_t i;

	for (e = bb->events; e; e = e->next)
		out->nevents++;
	out->events = arena_alloc(&f->arena, out->nevents * sizeof(*out->events));
	for (e = bb->events, i = 0; e; e = e->next)
		out->events[i++] = e->event;
	out->nsuccs = (uint32_t)bb->nsuccs;
	out->succs = arena_alloc(&f->arena, bb->nsuccs * sizeof(*out->succs));
	for (i = 0; i < bb->nsuccs; i++)
		out->succs[i] = bb->succs[i]->id;
	out->test = bb->test;
	out->return_kind = bb->return_kind;
	out->return_index = bb->return_index;
}

void simplify_blocks(struct fn *f)
{
	struct bb *entry = f->bbs, **order, *bb;
	uint32_t n, i;

	assert(entry);
	n = mark(f, entry);
	merge(f, entry);
	order = arena_alloc(&f->arena, n * sizeof(struct bb *));
	for (bb = f->bbs; bb; bb = bb->next)
		if (bb->reached)
			order[bb->id] = bb;
	for (i = 0; i < n; i++)
		if (order[i])
			order[i]->id = f->out.nblocks++;
	f->out.blocks = arena_alloc(&f->arena, n * sizeof(*f->out.blocks));
	for (i = 0; i < n; i++)
		if (order[i])
			fill_block(f, &f->out.blocks[order[i]->id], order[i]);
}
