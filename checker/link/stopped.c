// SPDX-License-Identifier: GPL-2.0-only
/* stopped.c - threads that were stopped before a store. */
#include "stopped.h"
#include "callgraph.h"
#include "frames.h"
#include "handles.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"

/* The one member in which all creators of the thread keep it; false: there is none, or there are several. */
static bool only_handle(const struct link *l, uint32_t thread, struct handle *h)
{
	const struct creation_site *s;
	struct handle other;
	uint32_t i;

	for (i = 0; (s = creation_of(l, thread, i)); i++) {
		if (!handle_of_site(l, s, &other) ||
		    (i && (other.record != h->record || other.field != h->field)))
			return false;
		*h = other;
	}
	return i;
}

/* The function of the chain that is looked at, and where the thread is kept. */
struct stop {
	const struct link *l;
	const struct chain_frame *at;
	struct handle handle;
};

/* Is it the pointer in the handle, or a variable that was set to it? */
static bool is_handle(const struct link *l, uint32_t f, const struct path *value,
		      const struct handle *h)
{
	struct path p = resolve_path(l, f, value);
	const struct step *last = p.nsteps ? &p.steps[p.nsteps - 1] : NULL;
	const struct local *v = p.root == ROOT_LOCAL ? &l->p->functions[f].locals[p.index] : NULL;
	uint32_t i;

	if (last)
		return last->kind == STEP_PTR && last->record == h->record &&
		       last->field == h->field;
	for (i = 0; v && i < v->ndefs; i++)
		if (v->defs[i].nsteps && is_handle(l, f, &v->defs[i], h))
			return true;
	return false;
}

/* Does the call of f stop the thread that the handle keeps? */
static bool call_stops(const struct link *l, uint32_t f, const struct call *c,
		       const struct handle *h)
{
	int arg = call_argument(l, c, MODEL_ENDS_THREAD);

	return arg >= 0 && is_handle(l, f, c->args[arg], h);
}

/* (mostly only if there is one) */
static bool may_stop(const struct link *l, uint32_t f, const struct handle *h)
{
	uint32_t c;

	for (c = 0; f != NONE && c < l->p->functions[f].ncalls; c++)
		if (call_stops(l, f, &l->p->functions[f].calls[c], h))
			return true;
	return false;
}

/* Is the call passed something that is found from where the object is found? */
static bool is_near(const struct stop *q, const struct call *c)
{
	uint32_t i;

	for (i = 0; i < c->nargs; i++) {
		struct path p = resolve_path(q->l, q->at->function, c->args[i]);

		if (same_root(&p, &q->at->object))
			return true;
	}
	return false;
}

static bool stops(void *ctx, const struct event *e)
{
	const struct stop *q = ctx;
	uint32_t f = q->at->function;
	const struct call *c = e->kind == EV_CALL ? &q->l->p->functions[f].calls[e->call] : NULL;

	return c && e != q->at->event && is_near(q, c) &&
	       (call_stops(q->l, f, c, &q->handle) ||
		may_stop(q->l, only_target(q->l, f, e->call), &q->handle));
}

bool thread_was_stopped(const struct link *l, const struct write *a, const struct write *b)
{
	struct chain_frame at;
	struct stop q = { .l = l, .at = &at };
	uint32_t thread = b->nchain > 1 ? frame_root(l, b) : NONE, i = a->nchain - 1;

	if (thread == NONE || !only_handle(l, thread, &q.handle) || !frame_of_write(l, a, &at))
		return false;
	while (at.object.root != ROOT_UNKNOWN) {
		if (on_all_ways(&l->p->functions[at.function], at.event, stops, &q))
			return true;
		if (!frame_up(l, a, i--, &at))
			break;
	}
	return false;
}
