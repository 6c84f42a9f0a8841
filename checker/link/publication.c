// SPDX-License-Identifier: GPL-2.0-only
/* publication.c - which objects other code can reach at a point, and which it may already use. */
#include "publication.h"
#include "callgraph.h"
#include "kernel/linuxmodel.h"
#include "resolve.h"
#include "rules.h"

/* Can others reach the object? */
static bool visible(struct lock_flow *w, const struct path *obj, const struct lock_state *s)
{
	int bit = fresh_bit(w->l, w->f, obj);

	if (obj->root == ROOT_STACK)
		return false;
	return bit < 0 || (s->published | s->handed_out) >> bit & 1;
}

/*
 * Where the callees of a call publish argument `a`, as in escape.into: only those in headers, or
 * only the others.  A helper in a header acts for its caller; another function may store a pointer
 * for its own use, long before others can reach the object.
 */
static uint64_t callees_publish(const struct lock_flow *w, uint32_t call, uint32_t a,
				bool in_header)
{
	uint64_t into = 0;
	uint32_t t, n;
	const uint32_t *targets = call_targets(w->l, w->f, call, &n);

	for (t = 0; t < n; t++)
		if (!(w->l->p->functions[targets[t]].flags & FUNC_HEADER) == !in_header)
			into |= w->l->escape[targets[t]].into[a];
	return into;
}

/* Is one of the objects in the set `into` (see INTO_WORLD) visible? */
static bool reaches_world(struct lock_flow *w, const struct lock_state *s, uint32_t call,
			  uint64_t into)
{
	const struct call *c = &w->fn->calls[call];
	uint32_t j;

	if (into & INTO_WORLD)
		return true;
	for (j = 0; j < c->nargs && j < ARGS_MAX; j++)
		if (into >> j & 1) {
			struct path other = resolve_path(w->l, w->f, c->args[j]);

			if (visible(w, &other, s))
				return true;
		}
	return false;
}

/* An object that has to be registered first stays private even if it is stored in a shared one. */
static void publish_fresh(const struct lock_flow *w, struct lock_state *s, int bit)
{
	const struct call *c = &w->fn->calls[w->escape->fresh[bit]];
	bool own = call_has(w->l, c, MODEL_UNREGISTERED);

	*(own ? &s->handed_out : &s->published) |= UINT64_C(1) << bit;
}

/* Notes that others may use the object of the path; it is fresh[bit] unless `bit` is negative. */
static void expose(struct lock_state *s, const struct path *obj, int bit)
{
	if (bit >= 0)
		s->exposed |= UINT64_C(1) << bit;
	else if (obj->root == ROOT_PARAM && obj->index < PARAMS_MAX)
		s->exposed_params |= UINT64_C(1) << obj->index;
}

void publish_args(struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	int published = call_argument(w->l, c, MODEL_PUBLISH);
	int exposed = call_argument(w->l, c, MODEL_EXPOSE);
	uint32_t a;

	for (a = 0; a < c->nargs && a < PARAMS_MAX; a++) {
		struct path arg = resolve_path(w->l, w->f, c->args[a]);
		int bit = fresh_bit(w->l, w->f, &arg);

		if (call_exposes(w->l, w->f, call, a))
			expose(s, &arg, bit);
		if (bit < 0)
			continue;
		if (published == (int)a || exposed == (int)a ||
		    reaches_world(w, s, call, callees_publish(w, call, a, true)))
			publish_fresh(w, s, bit);
		if (reaches_world(w, s, call, callees_publish(w, call, a, false)))
			s->handed_out |= UINT64_C(1) << bit;
	}
}

void publish_store(struct lock_flow *w, struct lock_state *s, const struct event *e)
{
	struct path src = resolve_path(w->l, w->f, e->src), obj;
	int bit = fresh_bit(w->l, w->f, &src);

	obj = resolve_path(w->l, w->f, e->obj);
	if (obj.root == ROOT_GLOBAL)
		expose(s, &src, bit);
	if (bit < 0)
		return;
	if (visible(w, &obj, s) && fresh_bit(w->l, w->f, &obj) != bit)
		publish_fresh(w, s, bit);
}

void unpublish_result(const struct lock_flow *w, struct lock_state *s, uint32_t call)
{
	uint32_t i;

	for (i = 0; i < w->escape->nfresh; i++)
		if (w->escape->fresh[i] == call) {
			s->published &= ~(UINT64_C(1) << i);
			s->handed_out &= ~(UINT64_C(1) << i);
			s->exposed &= ~(UINT64_C(1) << i);
		}
}
