// SPDX-License-Identifier: GPL-2.0-only
/* gates.c - works that are started only where a member was found set. */
#include "gates.h"
#include "activity.h"
#include "continued.h"
#include "frames.h"
#include "on_paths.h"
#include "predicates.h"
#include "resolve.h"
#include "restarts.h"
#include "rules.h"
#include "starts.h"

struct gate {
	const struct function *fn;
	str record, field;
	bool set; /* it is open where the member is not 0, else where it is */
};

/* Is the gate open where the edge is taken? */
static bool edge_says_open(void *ctx, const struct block *b, uint32_t which)
{
	const struct gate *g = ctx;
	const struct predicate zero = { SUBJECT_MEMBER, b->test.member, TEST_EQUAL, true, 0 };
	struct predicates k = { 0 };

	if (b->nsuccs != 2 || b->test.member == NONE ||
	    g->fn->tested[b->test.member].field != g->field ||
	    g->fn->tested[b->test.member].obj.type != g->record)
		return false;
	predicates_assume(&k, b, which);
	return predicates_decide(&k, &zero) == !g->set;
}

static bool is_gated(const struct link *l, const struct start *s, const struct gate *by)
{
	const struct function *fn = &l->p->functions[s->function];
	const struct event *at = event_of_call(fn, s->call);
	struct gate g = *by;

	g.fn = fn;
	return at && on_all_paths(fn, at, edge_says_open, &g);
}

static bool all_gated(const struct link *l, str name, const struct gate *by)
{
	size_t n, i;
	const uint32_t *of = starts_of(l, name, &n);

	for (i = 0; i < n; i++)
		if (!is_gated(l, starts_get(l, of[i]), by))
			return false;
	return n && !restarts_unseen(l, name);
}

const uint32_t *works_of_chain(const struct link *l, const struct write *w, size_t *n)
{
	bool of_work = w->nchain > 1 && is_work_callback(l, w->chain[1]);
	uint32_t root = of_work ? frame_root(l, w) : NONE;

	*n = 0;
	return root == NONE ? NULL : works_with_callback(l, root, n);
}

bool gate_of_work(const struct link *l, const struct write *w, str record, str field)
{
	const struct gate by = { .record = record, .field = field, .set = true };
	size_t n, i;
	const uint32_t *names = works_of_chain(l, w, &n);

	for (i = 0; i < n; i++)
		if (!all_gated(l, names[i], &by))
			return false;
	return n;
}

/* --- gates that are shut */

struct flush {
	const struct link *l;
	uint32_t f;
	str name; /* of the work */
};

static bool waits_for(void *ctx, const struct event *e)
{
	const struct flush *q = ctx;
	const struct call *c;
	struct path p;
	struct lock a;
	int arg;

	if (e->kind != EV_CALL)
		return false;
	c = &q->l->p->functions[q->f].calls[e->call];
	arg = call_argument(q->l, c, MODEL_FLUSH);
	if (arg < 0)
		return false;
	p = resolve_path(q->l, q->f, c->args[arg]);
	a = activity_of_argument(q->l, MODE_SHARED, &p, 0);
	return a.name == q->name;
}

/* Does the function wait for the work before the event, and assign a member that shuts all its gates? */
static bool is_shut_before(const struct link *l, const struct chain_frame *at, str name)
{
	const struct function *fn = &l->p->functions[at->function];
	struct flush q = { l, at->function, name };
	struct gate by = { 0 };
	uint32_t i;

	if (!on_all_ways(fn, at->event, waits_for, &q))
		return false;
	for (i = 0; i < fn->nassigned; i++) {
		by.record = fn->assigned[i].record;
		by.field = fn->assigned[i].field;
		if (all_gated(l, name, &by))
			return true;
	}
	return false;
}

bool gates_shut(const struct link *l, const struct write *a, const struct write *b)
{
	size_t n, i;
	const uint32_t *names = works_of_chain(l, b, &n);

	for (i = 0; i < n; i++)
		if (!frame_any(l, a, is_shut_before, names[i]))
			return false;
	return n;
}
