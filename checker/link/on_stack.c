// SPDX-License-Identifier: GPL-2.0-only
/* on_stack.c - works and timers that are variables of a function, and so are over when it returns. */
#include "on_stack.h"
#include "continued.h"
#include "creation.h"
#include "every_way.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"

/* Is what has the callback part of a variable of f (C11 6.2.4p6: it lives until its block is left)? */
static bool is_variable(const struct link *l, uint32_t f, const struct path *p)
{
	struct path object = resolve_path(l, f, p);
	uint32_t i;

	for (i = 0; i < object.nsteps; i++)
		if (object.steps[i].kind != STEP_FIELD)
			return false;
	return object.root == ROOT_STACK;
}

static bool is_on_stack(const struct link *l, const struct creation_site *s)
{
	const struct call *c;
	uint32_t a;

	if (s->event->kind != EV_CALL)
		return is_variable(l, s->function, s->event->obj);
	c = &l->p->functions[s->function].calls[s->event->call];
	for (a = 0; a < c->nargs; a++)
		if (model_has(l->model, MODEL_SHARED, str_unqualified(c->args[a]->type)) &&
		    is_variable(l, s->function, c->args[a]))
			return true;
	return false;
}

/* Is the write in a callback of the object that it writes? */
static bool is_in_activity(const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nactivities; i++)
		if (!w->activities[i].ended)
			return true;
	return false;
}

/* What the chain of a write begins with, and what it writes in terms of that. */
struct origin_frame {
	const struct link *l;
	uint32_t root;
	struct path object;
	bool found; /* a way leads back there */
};

/*
 * Finds it; false if the chain leads through the site's function, behind the site, or if it is not
 * followed.
 */
static bool is_elsewhere(const struct link *l, const struct write *w, const struct creation_site *s,
			 struct origin_frame *out)
{
	struct chain_frame at;
	uint32_t i;

	if (!frame_of_write(l, w, &at))
		return false;
	for (i = w->nchain - 1;; i--) {
		if (at.function == s->function &&
		    event_leads_to(&l->p->functions[at.function], s->event, at.event))
			return false;
		if (i == 1)
			break;
		if (!frame_up(l, w, i, &at))
			return false;
	}
	*out = (struct origin_frame){ l, at.function, at.object, false };
	return at.object.root == ROOT_PARAM;
}

/* Does the path lead through a pointer of another object than a variable of the function? */
static bool leads_through_pointer(const struct path *p)
{
	return p->root != ROOT_STACK && !path_embeds(p, 0);
}

/*
 * Above the callback the object has to be passed on, from the starter to the function with the work: what
 * another function finds in a member may be there after the starter has left.
 */
static enum way_answer is_of_starter(void *ctx, const struct way *w)
{
	struct origin_frame *starter = ctx;

	if (w->w)
		return WAY_LEADS_BACK;
	if (w->function == starter->root && same_object(&w->path, &starter->object)) {
		starter->found = true;
		return WAY_HOLDS;
	}
	if (way_is_uncalled(starter->l, w))
		return WAY_HOLDS;
	return leads_through_pointer(&w->path) ? WAY_FAILS : WAY_LEADS_BACK;
}

bool waits_for_work(const struct link *l, const struct write *a, const struct write *b)
{
	bool asked = a->nchain > 1 && b->nchain > 1 && is_in_activity(b) &&
		     is_work_callback(l, a->chain[1]);
	uint32_t root = asked ? frame_root(l, a) : NONE, i;
	const struct creation_site *s;
	struct origin_frame starter;
	struct way way;

	if (root == NONE)
		return false;
	for (i = 0; (s = creation_of(l, root, i)); i++)
		if (!is_on_stack(l, s) || !is_elsewhere(l, b, s, &starter))
			return false;
	return i && starter.root != root && way_of_write(l, a, &way) &&
	       every_way(l, &way, is_of_starter, &starter) && starter.found;
}
