// SPDX-License-Identifier: GPL-2.0-only
/* failures.c - what runs only after something has failed: the undoing, the recovery. */
#include "failures.h"
#include "callgraph.h"
#include "continued.h"
#include "frames.h"
#include "gates.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "on_paths.h"
#include "restarts.h"
#include "starts.h"

/* What was asked about: chains share most of their calls. */
struct failures {
	struct keymap events;	 /* event: 1 if it is behind a failure, else 0 */
	struct keymap functions; /* function: 1 if all its calls are, else 0 */
};

void failures_begin(struct link *l)
{
	l->failures = xcalloc(1, sizeof(*l->failures));
}

void failures_end(struct link *l)
{
	keymap_free(&l->failures->events);
	keymap_free(&l->failures->functions);
	free(l->failures);
	l->failures = NULL;
}

struct report_query {
	const struct link *l;
	const struct function *fn;
};

static bool reports(void *ctx, const struct event *e)
{
	const struct report_query *q = ctx;
	const struct call *c = e->kind == EV_CALL ? &q->fn->calls[e->call] : NULL;

	return c && c->kind == CALLEE_DIRECT &&
	       model_has_suffix(q->l->model, MODEL_COMPLAINS, str_unqualified(c->name));
}

static bool event_after_failure(const struct link *l, uint32_t f, const struct event *e)
{
	struct keymap *known = &l->failures->events;
	struct report_query q = { l, &l->p->functions[f] };

	if (!keymap_has(known, (uintptr_t)e))
		keymap_add(known, (uintptr_t)e,
			   behind_failure(l, f, e) || on_all_ways(q.fn, e, reports, &q));
	return keymap_first(known, (uintptr_t)e);
}

static bool call_after_failure(const struct link *l, uint32_t f, uint32_t call)
{
	const struct event *e = event_of_call(&l->p->functions[f], call);

	return e && event_after_failure(l, f, e);
}

static bool function_after_failure(const struct link *l, uint32_t f);

/* Do all calls of f in the caller, or of the caller, come after a failure? */
static bool caller_has_failed(const struct link *l, uint32_t caller, uint32_t f)
{
	uint32_t c;

	for (c = 0; c < l->p->functions[caller].ncalls; c++)
		if (call_leads_to(l, caller, c, f) && !call_after_failure(l, caller, c))
			return function_after_failure(l, caller);
	return true;
}

static bool callers_have_failed(const struct link *l, uint32_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t i;

	for (i = 0; i < g->ncallers; i++)
		if (!g->direct[i] || !caller_has_failed(l, g->callers[i], f))
			return false;
	return g->ncallers > 0;
}

/* Is the function, which others call, only called after a failure?  (Not in a cycle of calls.) */
static bool function_after_failure(const struct link *l, uint32_t f)
{
	struct keymap *known = &l->failures->functions;

	if (!keymap_has(known, f)) {
		keymap_mark(known, f);
		if (callers_have_failed(l, f))
			keymap_add(known, f, true);
	}
	return keymap_first(known, f) == true;
}

/* Is the work started after a failure alone? */
static bool work_after_failure(const struct link *l, str name)
{
	size_t n, i;
	const uint32_t *of = starts_of(l, name, &n);

	for (i = 0; i < n; i++) {
		const struct start *s = starts_get(l, of[i]);

		if (!call_after_failure(l, s->function, s->call) &&
		    !function_after_failure(l, s->function))
			return false;
	}
	return n && !restarts_unseen(l, name);
}

static bool works_after_failure(const struct link *l, const struct write *w)
{
	size_t n, i;
	const uint32_t *names = works_of_chain(l, w, &n);

	for (i = 0; i < n; i++)
		if (!work_after_failure(l, names[i]))
			return false;
	return n;
}

/* --- slots */

static bool passes_recovery(const struct link *l, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nvia; i++)
		if (model_has_field(l->model, MODEL_RECOVERY, str_unqualified(w->via[i].record),
				    w->via[i].field))
			return true;
	return false;
}

static bool frame_after_failure(const struct link *l, const struct chain_frame *at, str about)
{
	(void)about;
	return event_after_failure(l, at->function, at->event);
}

bool write_after_failure(const struct link *l, const struct write *w)
{
	return model_has_label(l->model, MODEL_RECOVERY, w->chain[0]) || passes_recovery(l, w) ||
	       frame_any(l, w, frame_after_failure, 0) || works_after_failure(l, w);
}
