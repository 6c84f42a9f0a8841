// SPDX-License-Identifier: GPL-2.0-only
/* handles.c - the member in which the creator of a callback, as of a thread, keeps what it got. */
#include "handles.h"
#include "on_paths.h"
#include "resolve.h"

static bool is_result_of(const struct link *l, const struct creation_site *s, const struct path *p)
{
	struct path value = resolve_path(l, s->function, p);

	return value.root == ROOT_CALL && value.index == s->event->call && !value.nsteps;
}

bool handle_of_site(const struct link *l, const struct creation_site *s, struct handle *h)
{
	const struct function *fn = &l->p->functions[s->function];
	uint32_t b, i;

	*h = (struct handle){ 0 };
	for (b = 0; s->event->kind == EV_CALL && b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			const struct event *e = &fn->blocks[b].events[i];

			if (e->kind != EV_STORE || !is_result_of(l, s, e->src))
				continue;
			if (h->field && (h->field != e->field || h->record != e->obj->type))
				return false;
			*h = (struct handle){ e->obj->type, e->field };
		}
	return h->field;
}

static bool assigns(const struct function *fn, const struct tested_member *m)
{
	uint32_t i;

	for (i = 0; i < fn->nassigned; i++)
		if (fn->assigned[i].record == m->obj.type && fn->assigned[i].field == m->field)
			return true;
	return false;
}

/* May the test have one result or the other, by what was there before? */
static bool is_of_state(const struct function *fn, const struct test *t, const struct handle *h)
{
	const struct tested_member *m = t->member == NONE ? NULL : &fn->tested[t->member];

	if (m)
		return (m->field == h->field && m->obj.type == h->record) || !assigns(fn, m);
	return t->call == NONE && t->local == NONE;
}

/* Does control, behind the block, come to the block of `to` by each of its edges, or by none? */
static bool leads_by_all(const struct function *fn, const struct block *b, const struct block *to)
{
	uint32_t i, n = 0;

	for (i = 0; i < b->nsuccs; i++) {
		const struct block *next = &fn->blocks[b->succs[i]];

		n += next == to || block_leads_to(fn, next, to);
	}
	return !n || n == b->nsuccs;
}

bool is_reached_blindly(const struct link *l, uint32_t f, const struct event *from,
			const struct event *to, const struct handle *h)
{
	const struct function *fn = &l->p->functions[f];
	const struct block *start = from ? block_of_event(fn, from) : &fn->blocks[0];
	const struct block *end = block_of_event(fn, to);
	uint32_t b;

	if (!start || !end)
		return false;
	for (b = 0; b < fn->nblocks; b++) {
		const struct block *blk = &fn->blocks[b];

		if (blk != end && (blk == start || block_leads_to(fn, start, blk)) &&
		    !leads_by_all(fn, blk, end) && is_of_state(fn, &blk->test, h))
			return false;
	}
	return true;
}
