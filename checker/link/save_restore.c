// SPDX-License-Identifier: GPL-2.0-only
/*
 * save_restore.c - does a function clear a flag that it has set before it returns?
 *
 * An interrupt handler that sets a flag of the interrupted task and clears it before it returns
 * leaves the task's fields as it found them.  The task loses no update, between whichever of its
 * instructions the interrupt came.
 */
#include "save_restore.h"
#include "object_phase.h"

/* Effect of the paths to a point on the field, one bit for each kind of path. */
enum done {
	DONE_NOTHING = 1 << 0,
	DONE_SET = 1 << 1,  /* set it */
	DONE_BOTH = 1 << 2, /* set it, then cleared it */
	DONE_OTHER = 1 << 3,
};

struct restore {
	const struct link *l;
	const struct context *n;
	const struct point *pt; /* the write asked about */
	const struct function *fn;
	uint8_t *in; /* by block: enum done bits of the paths to its start, 0: not reached */
};

/* Does the event write the field asked about? */
static bool writes_it(const struct restore *r, const struct event *e)
{
	const struct event *like = r->pt->event;

	return e->kind == EV_ACCESS && e->access != ACCESS_READ &&
	       e->obj->type == like->obj->type && (!e->field || e->field == like->field);
}

/* The bits behind a write to the field, from those before it. */
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

/* Joins the bits at the end of the block into its successors; true if any of them grew. */
static bool pass_on(struct restore *r, uint32_t b)
{
	const struct block *block = &r->fn->blocks[b];
	uint8_t done = r->in[b] ? after_block(r, b) : 0;
	bool grew = false;
	uint32_t i;

	for (i = 0; i < block->nsuccs; i++) {
		grew |= done & ~r->in[block->succs[i]];
		r->in[block->succs[i]] |= done;
	}
	return grew;
}

bool is_restored(const struct link *l, const struct context *n, const struct point *pt)
{
	struct restore r = { l, n, pt, &l->p->functions[n->function], NULL };
	bool grew = true, restored = true;
	uint32_t b;

	if (pt->event->kind != EV_ACCESS || !pt->event->field)
		return false;
	r.in = xcalloc(r.fn->nblocks, sizeof(*r.in));
	r.in[0] = DONE_NOTHING;
	while (grew)
		for (grew = false, b = 0; b < r.fn->nblocks; b++)
			grew |= pass_on(&r, b);
	for (b = 0; b < r.fn->nblocks && restored; b++)
		restored = r.fn->blocks[b].nsuccs ||
			   !(after_block(&r, b) & (DONE_SET | DONE_OTHER));
	free(r.in);
	return restored;
}
