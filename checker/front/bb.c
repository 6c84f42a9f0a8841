// SPDX-License-Identifier: GPL-2.0-only
/* bb.c - basic blocks under construction. */
#include "bb.h"
#include "fn.h"

struct bb *bb_new(struct fn *f)
{
	struct bb *bb = arena_alloc(&f->arena, sizeof(*bb));

	bb->events_end = &bb->events;
	bb->test = NO_TEST;
	*f->bbs_end = bb;
	f->bbs_end = &bb->next;
	return bb;
}

bool bb_is_dead(const struct bb *bb)
{
	return !bb->live && !bb->npreds;
}

void bb_edge(struct fn *f, struct bb *from, struct bb *to)
{
	struct bb **succs;

	if (bb_is_dead(from))
		return;
	if (from->nsuccs == from->succs_cap) {
		from->succs_cap = from->succs_cap ? from->succs_cap * 2 : 2;
		succs = arena_alloc(&f->arena, from->succs_cap * sizeof(*succs));
		if (from->nsuccs)
			memcpy(succs, from->succs, from->nsuccs * sizeof(*succs));
		from->succs = succs;
	}
	from->succs[from->nsuccs++] = to;
	to->npreds++;
}

void bb_goto(struct fn *f, struct bb *to, struct bb *next)
{
	bb_edge(f, f->cur, to);
	f->cur = next;
}

void bb_dead_end(struct fn *f)
{
	if (!f->trap) {
		f->trap = bb_new(f);
		f->trap->live = true;
		bb_edge(f, f->trap, f->trap);
	}
	bb_goto(f, f->trap, bb_new(f));
}
