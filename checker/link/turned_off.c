// SPDX-License-Identifier: GPL-2.0-only
/* turned_off.c - callbacks that the code turns off for a while. */
#include "turned_off.h"
#include "activity.h"
#include "callgraph.h"
#include "frames.h"
#include "kernel/linuxmodel.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"

struct turned_off {
	bool *on, *off; /* by function: may it, or a callee, turn some callbacks on, or off? */
};

static bool is_named(const struct link *l, const struct call *c, enum model_statement s)
{
	return c->kind == CALLEE_DIRECT && model_in_pair(l->model, s, str_unqualified(c->name));
}

struct marks {
	const struct link *l;
	bool *marked;
};

/* Is it called by a call that reaches no other function? */
static bool calls_surely(const struct link *l, uint32_t f, uint32_t callee)
{
	uint32_t c;

	for (c = 0; c < l->p->functions[f].ncalls; c++)
		if (only_target(l, f, c) == callee)
			return true;
	return callgraph_has_direct(l, f, callee);
}

/* Is it passed an object?  All its parameters, if it has any, may be numbers. */
static bool takes_object(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i;

	for (i = 0; i < fn->nparams; i++)
		if (!fn->params[i].integer.bits)
			return true;
	return false;
}

static bool enter_marked(void *ctx, uint32_t f, uint32_t callee)
{
	struct marks *m = ctx;

	if (m->marked[f] || !takes_object(m->l, f) ||
	    (callee != NONE && !calls_surely(m->l, f, callee)))
		return false;
	m->marked[f] = true;
	return true;
}

/*
 * Marks the functions that call one which the statement names, and their callers.  By one of several callees
 * of an indirect call nearly any function leads to one.  What is passed no object, as enable_irq(), turns
 * on or off that of no caller.
 */
static void mark(struct link *l, enum model_statement s, bool *marked)
{
	struct marks m = { l, marked };
	uint32_t f, c;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; !marked[f] && c < l->p->functions[f].ncalls; c++)
			if (is_named(l, &l->p->functions[f].calls[c], s))
				callgraph_climb(l, f, enter_marked, &m);
}

void turned_off_begin(struct link *l)
{
	struct turned_off *t = l->turned_off = xcalloc(1, sizeof(*t));

	t->on = xcalloc(l->p->nfunctions, sizeof(*t->on));
	t->off = xcalloc(l->p->nfunctions, sizeof(*t->off));
	mark(l, MODEL_TURNS_ON, t->on);
	mark(l, MODEL_TURNS_OFF, t->off);
}

void turned_off_end(struct link *l)
{
	free(l->turned_off->on);
	free(l->turned_off->off);
	free(l->turned_off);
	l->turned_off = NULL;
}

/* The callback that a chain begins with, and the function of the other chain that is looked at. */
struct switched {
	const struct link *l;
	const struct write *callback;
	const struct chain_frame *at;
	str needed; /* the record written, if the chain leads through what needs it turned on; or 0 */
};

static str record_of(str member)
{
	const char *text = str_get(member), *dot = strchr(text, '.');

	return dot ? str_intern_n(text, (size_t)(dot - text)) : member;
}

/* Does the call, by the statement, switch the callback that the writer is in, for the object of the frame? */
static bool switches(const struct switched *q, enum model_statement s, const struct event *e)
{
	const struct call *c =
		e->kind == EV_CALL ? &q->l->p->functions[q->at->function].calls[e->call] : NULL;
	str label = record_of(q->callback->chain[0]), name;
	struct path p, object = q->at->object;
	uint32_t j;

	if (!c || !c->nargs || !is_named(q->l, c, s))
		return false;
	p = resolve_path(q->l, q->at->function, c->args[0]);
	name = activity_of_path(q->l, MODE_SHARED, &p).name;
	if (!same_memory(&p, &object))
		return false;
	if (q->needed && common_steps(&p, &object) == p.nsteps &&
	    model_has_pair(q->l->model, s, q->needed, str_unqualified(c->name)))
		return true;
	for (j = 0; j < q->callback->nactivities; j++) {
		const struct activity *in = &q->callback->activities[j];

		if (in->ended)
			continue;
		if (model_has_pair(q->l->model, s, record_of(in->name), str_unqualified(c->name)))
			return true;
		if (in->name == name &&
		    model_has_pair(q->l->model, s, label, str_unqualified(c->name)))
			return true;
	}
	return false;
}

static bool turns_off(void *ctx, const struct event *e)
{
	return switches(ctx, MODEL_TURNS_OFF, e);
}

/*
 * May the event lead to a call of one of the functions that are marked?  If it is an indirect call, all that
 * it reaches have to: most objects have one of the others.
 */
static bool may_switch(const struct switched *q, const bool *marked, enum model_statement s,
		       const struct event *e)
{
	uint32_t n, t, may = 0;
	const uint32_t *targets;
	const struct call *c;

	if (e->kind != EV_CALL)
		return false;
	c = &q->l->p->functions[q->at->function].calls[e->call];
	targets = call_targets(q->l, q->at->function, e->call, &n);
	for (t = 0; t < n; t++)
		may += marked[targets[t]];
	if (c->kind != CALLEE_DIRECT)
		return n && may == n;
	return may || is_named(q->l, c, s);
}

/* Is such an event behind `from` and before `to`?  Each of them may be NULL. */
static bool any_between(const struct switched *q, const bool *marked, enum model_statement s,
			const struct event *from, const struct event *to)
{
	const struct function *fn = &q->l->p->functions[q->at->function];
	uint32_t b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			const struct event *e = &fn->blocks[b].events[i];

			if (may_switch(q, marked, s, e) && (!to || event_leads_to(fn, e, to)) &&
			    (!from || event_leads_to(fn, from, e)))
				return true;
		}
	return false;
}

/* Does the function turn it on behind what it executes, where it was off? */
static bool is_turned_on_behind(const struct switched *q)
{
	const struct function *fn = &q->l->p->functions[q->at->function];
	uint32_t b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			const struct event *e = &fn->blocks[b].events[i];

			if (e->kind == EV_CALL && e != q->at->event &&
			    event_leads_to(fn, q->at->event, e) &&
			    !event_leads_to(fn, e, q->at->event) && switches(q, MODEL_TURNS_ON, e))
				return !any_between(q, q->l->turned_off->off, MODEL_TURNS_OFF,
						    q->at->event, e);
		}
	return false;
}

/* Is it off at the event of the frame, after what the functions below the frame may have done? */
static bool is_off(struct switched *q, bool on_below, bool off_below)
{
	const struct function *fn = &q->l->p->functions[q->at->function];

	if (!off_below && is_turned_on_behind(q))
		return true;
	return !on_below && on_all_ways(fn, q->at->event, turns_off, q) &&
	       !any_between(q, q->l->turned_off->on, MODEL_TURNS_ON, NULL, q->at->event);
}

/* The record, if the chain leads through a function that stores nothing to it while it is turned off; or 0. */
static str needed_on(const struct link *l, const struct write *w, str record)
{
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		if (model_has_pair(l->model, MODEL_NEEDS_ON, record, str_unqualified(w->chain[i])))
			return record;
	return 0;
}

bool turned_off_at(const struct link *l, const struct write *a, const struct write *b)
{
	bool on_below = false, off_below = false;
	struct chain_frame at;
	struct switched q = { l, b, &at, 0 };
	uint32_t i = a->nchain - 1;

	if (!frame_of_write(l, a, &at))
		return false;
	if (at.object.type)
		q.needed = needed_on(l, b, str_unqualified(at.object.type));
	if (!b->nactivities && !q.needed)
		return false;
	while (at.object.root != ROOT_UNKNOWN) {
		if (is_off(&q, on_below, off_below))
			return true;
		on_below |= any_between(&q, l->turned_off->on, MODEL_TURNS_ON, NULL, at.event);
		off_below |= any_between(&q, l->turned_off->off, MODEL_TURNS_OFF, at.event, NULL);
		if (!frame_up(l, a, i--, &at))
			break;
	}
	return false;
}
