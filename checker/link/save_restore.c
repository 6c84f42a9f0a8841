// SPDX-License-Identifier: GPL-2.0-only
/*
 * save_restore.c - a field that a function sets and clears again before it ends.
 *
 * What interrupts a task and leaves the task's own fields as it found them takes no
 * update from it, whichever instruction it came between.
 */
#include "save_restore.h"
#include "object_phase.h"

/* What the way so far did to the field, one bit for each. */
enum done {
	DONE_NOTHING = 1 << 0,
	DONE_SET = 1 << 1,
	DONE_BOTH = 1 << 2, /* set, and cleared after that */
	DONE_OTHER = 1 << 3,
};

struct restore {
	const struct link *l;
	const struct context *n;
	const struct point *pt; /* the write asked about */
	const struct function *fn;
	uint8_t *in; /* by block: what the ways to its beginning did */
};

static bool writes_it(const struct restore *r, const struct event *e)
{
	const struct event *like = r->pt->event;

	return e->kind == EV_ACCESS && e->access != ACCESS_READ &&
	       e->obj->type == like->obj->type && (!e->field || e->field == like->field);
}

static uint8_t after_write(const struct restore *r, const struct event *e, uint8_t before)
{
	bool own = phase_of_path(r->l, r->n, e->obj, r->pt) == OBJECT_RUNTIME_OWN;

	if (!own || !e->field || e->access != ACCESS_WRITE || !e->value)
		return DONE_OTHER;
	if (strcmp(str_get(e->value), "0") && strcmp(str_get(e->value), "false"))
		return DONE_SET;
	return before & (DONE_NOTHING | DONE_OTHER) ? DONE_OTHER : DONE_BOTH;
}

static uint8_t after_block(const struct restore *r, uint32_t b)
{
	const struct block *block = &r->fn->blocks[b];
	uint8_t done = r->in[b];
	uint32_t i;

	for (i = 0; i < block->nevents; i++)
		if (writes_it(r, &block->events[i]))
			done = after_write(r, &block->events[i], done);
	return done;
}

/* Takes what is known at the end of the block to those behind it; returns whether that is news. */
static bool pass_on(struct restore *r, uint32_t b)
{
	const struct block *block = &r->fn->blocks[b];
	uint8_t done = r->in[b] ? after_block(r, b) : 0;
	bool news = false;
	uint32_t i;

	for (i = 0; i < block->nsuccs; i++) {
		news |= done & ~r->in[block->succs[i]];
		r->in[block->succs[i]] |= done;
	}
	return news;
}

bool is_restored(const struct link *l, const struct context *n, const struct point *pt)
{
	struct restore r = { l, n, pt, &l->p->functions[n->function], NULL };
	bool news = true, restored = true;
	uint32_t b;

	if (pt->event->kind != EV_ACCESS || !pt->event->field)
		return false;
	r.in = xcalloc(r.fn->nblocks, sizeof(*r.in));
	r.in[0] = DONE_NOTHING;
	while (news)
		for (news = false, b = 0; b < r.fn->nblocks; b++)
			news |= pass_on(&r, b);
	for (b = 0; b < r.fn->nblocks && restored; b++)
		restored = r.fn->blocks[b].nsuccs ||
			   !(after_block(&r, b) & (DONE_SET | DONE_OTHER));
	free(r.in);
	return restored;
}
