// SPDX-License-Identifier: GPL-2.0-only
/* event.c - appends events to the basic block under construction. */
#include "bb.h"
#include "event.h"
#include "source.h"

struct block_event *event_block_event(struct event *e)
{
	return (struct block_event *)e;
}

struct event *event_add(struct fn *f, enum event_kind kind, CXCursor at)
{
	struct block_event *e = arena_alloc(&f->arena, sizeof(*e));

	e->event.kind = kind;
	e->event.call = e->event.local = NONE;
	e->event.obj = e->event.src = &path_none;
	e->event.race_ok = f->race_ok > 0;
	e->event.loc = source_loc(f->fr, at);
	*f->cur->events_end = e;
	f->cur->events_end = &e->next;
	return &e->event;
}
