// SPDX-License-Identifier: GPL-2.0-only
/* ways.c - from where a function has an object: back along variables, calls and members. */
#include "ways.h"
#include "callgraph.h"
#include "creation.h"
#include "frames.h"
#include "kept.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "ownership.h"
#include "path.h"
#include "registrations.h"
#include "resolve.h"
#include "rules.h"
#include "slots.h"
#include "specialise.h"

struct ways {
	bool *entered; /* by function: the model has it called from elsewhere, too */
	bool *left;    /* by function: specialise() made all its calls go to copies */
};

/* Does nothing call the function but such functions, as all calls that there were go to copies? */
static bool is_left(const struct link *l, uint32_t f)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t i;

	if (l->ways->entered[f] || creation_of(l, f, 0) ||
	    !(is_specialised(l, f) || (g->ncallers && l->p->functions[f].flags & FUNC_STATIC)))
		return false;
	for (i = 0; i < g->ncallers; i++)
		if (!l->ways->left[g->callers[i]])
			return false;
	return true;
}

static void find_left(struct link *l)
{
	size_t i;

	l->ways->left = xcalloc(l->p->nfunctions, sizeof(*l->ways->left));
	for (i = l->p->nfunctions; i; i--)
		l->ways->left[l->bottom_up[i - 1]] = is_left(l, l->bottom_up[i - 1]);
}

void ways_begin(struct link *l)
{
	size_t i;

	kept_begin(l);
	l->ways = xcalloc(1, sizeof(*l->ways));
	l->ways->entered = xcalloc(l->p->nfunctions, sizeof(*l->ways->entered));
	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];
		const struct entry_rule *r = registrations_rule(l, s);

		if (r && (rule_is_entry(r) || !slot_is_called(l, s->record, s->field)))
			l->ways->entered[s->function] = true;
	}
	find_left(l);
}

void ways_end(struct link *l)
{
	free(l->ways->entered);
	free(l->ways->left);
	free(l->ways);
	l->ways = NULL;
	kept_free(l);
}

bool way_of_write(const struct link *l, const struct write *w, struct way *out)
{
	struct chain_frame at;

	if (!frame_of_write(l, w, &at) || at.object.root == ROOT_UNKNOWN)
		return false;
	*out = (struct way){ at.function, at.object, w, w->nchain - 1, NULL };
	return true;
}

static const struct call *call_at(const struct link *l, uint32_t f, uint32_t call)
{
	return &l->p->functions[f].calls[call];
}

bool way_ends(const struct link *l, const struct way *w)
{
	const struct call *c = w->path.root == ROOT_CALL ? call_at(l, w->function, w->path.index) :
							   NULL;

	return w->path.root == ROOT_GLOBAL ||
	       (c && (call_has(l, c, MODEL_ALLOC) || call_argument(l, c, MODEL_CREATES) >= 0));
}

bool way_is_uncalled(const struct link *l, const struct way *w)
{
	return w->path.root == ROOT_PARAM && !w->w && !w->by &&
	       !l->callgraph[w->function].ncallers && !l->ways->entered[w->function] &&
	       !creation_of(l, w->function, 0);
}

struct led_through through_root(const struct way *w, const struct led_through *before)
{
	return (struct led_through){ before,
				     w->function,
				     w->path.root,
				     w->path.index,
				     w->by ? w->by->from.function : NONE,
				     w->by ? w->by->call : NONE };
}

struct led_through through_member(const struct way *w, uint32_t i, const struct led_through *before)
{
	const struct step *s = &w->path.steps[i];

	return (struct led_through){ before, NONE, s->record, s->field, NONE, NONE };
}

bool was_led_through(const struct led_through *t)
{
	const struct led_through *p;

	for (p = t->before; p; p = p->before)
		if (p->function == t->function && p->a == t->a && p->b == t->b &&
		    p->caller == t->caller && p->call == t->call)
			return true;
	return false;
}

/* Who asks, and from which way. */
struct asked {
	const struct link *l;
	const struct way *from;
	way_fn *each;
	void *ctx;
};

static void lead_to(const struct asked *a, struct way back)
{
	if (!back.w && a->l->ways->left[back.function])
		return;
	back.path = resolve_path(a->l, back.function, &back.path);
	a->each(a->ctx, &back);
}

/* --- from a root */

/* To what is assigned to the variable. */
static void from_local(const struct asked *a)
{
	const struct way *w = a->from;
	const struct local *v = &a->l->p->functions[w->function].locals[w->path.index];
	struct way back = *w;
	uint32_t i;

	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		back.path = path_concat(&v->defs[i], &w->path);
		lead_to(a, back);
	}
}

/* To what the callees return. */
static void from_call(const struct asked *a)
{
	const struct way_call by = { *a->from, a->from->path.index };
	uint32_t t, n, i;
	const uint32_t *targets = call_targets(a->l, by.from.function, by.call, &n);

	for (t = 0; t < n; t++) {
		const struct function *fn = &a->l->p->functions[targets[t]];

		for (i = 0; i < fn->nreturns; i++)
			if (fn->returns[i].root != ROOT_NULL)
				lead_to(a, (struct way){ .function = targets[t],
							 .path = path_concat(&fn->returns[i],
									     &by.from.path),
							 .by = &by });
	}
}

/* To what the calls of f pass to the function. */
static void to_caller(const struct asked *a, uint32_t f)
{
	const struct function *fn = &a->l->p->functions[f];
	uint32_t c;

	for (c = 0; c < fn->ncalls; c++)
		if (call_leads_to(a->l, f, c, a->from->function))
			lead_to(a, (struct way){ .function = f,
						 .path = substitute_path(a->l, f, &fn->calls[c],
									 &a->from->path) });
}

/* The argument of the call that is of the record which the parameter points to; NULL: there is none. */
static const struct path *argument_of_type(const struct call *c, const struct param *param)
{
	uint32_t i;

	for (i = 0; i < c->nargs; i++)
		if (param->type && c->args[i]->type == param->type)
			return c->args[i];
	return NULL;
}

/*
 * To what the callback is created with: the work or timer that it is put into, or what is passed on to it
 * as its last argument.
 */
static void to_creation(const struct asked *a, const struct creation_site *s)
{
	const struct way *w = a->from;
	const struct function *fn = &a->l->p->functions[w->function];
	const struct call *c =
		s->event->kind == EV_CALL ? call_at(a->l, s->function, s->event->call) : NULL;
	const struct path *object = c ? argument_of_type(c, &fn->params[w->path.index]) :
					s->event->obj;
	int data = c ? call_argument(a->l, c, MODEL_EXPOSE) : -1;

	if (!object && data >= 0 && w->path.index + 1 == fn->nparams)
		object = c->args[data];
	if (!object)
		object = &path_none;
	lead_to(a, (struct way){ .function = s->function, .path = path_concat(object, &w->path) });
}

/* To what is passed by the call that the way has led into. */
static void to_entered(const struct asked *a)
{
	struct way back = a->from->by->from;

	back.path = substitute_path(a->l, back.function,
				    call_at(a->l, back.function, a->from->by->call),
				    &a->from->path);
	lead_to(a, back);
}

static void from_param(const struct asked *a)
{
	const struct way *w = a->from;
	struct chain_frame at = { .function = w->function, .object = w->path };
	const struct callgraph_node *g = &a->l->callgraph[w->function];
	const struct creation_site *s;
	uint32_t i;

	if (w->path.index >= a->l->p->functions[w->function].nparams)
		return;
	if (w->by) {
		to_entered(a);
		return;
	}
	if (w->w && frame_up(a->l, w->w, w->frame, &at)) {
		lead_to(a, (struct way){ at.function, at.object, w->w, w->frame - 1, NULL });
		return;
	}
	if (!w->w && a->l->ways->entered[w->function])
		return;
	for (i = 0; (s = creation_of(a->l, w->function, i)); i++)
		to_creation(a, s);
	for (i = 0; !w->w && i < g->ncallers; i++)
		to_caller(a, g->callers[i]);
}

void ways_from_root(const struct link *l, const struct way *w, way_fn *each, void *ctx)
{
	const struct asked a = { l, w, each, ctx };

	if (w->path.root == ROOT_LOCAL)
		from_local(&a);
	else if (w->path.root == ROOT_CALL && !way_ends(l, w))
		from_call(&a);
	else if (w->path.root == ROOT_PARAM)
		from_param(&a);
}

/* --- from a member */

/* The path of the way behind step `i`, from what `value` is. */
static struct path behind_step(const struct path *value, const struct path *p, uint32_t i)
{
	struct path rest = *p;

	rest.nsteps = p->nsteps - i - 1;
	memmove(rest.steps, p->steps + i + 1, rest.nsteps * sizeof(rest.steps[0]));
	return path_concat(value, &rest);
}

static void to_value(const struct asked *a, uint32_t f, const struct path *value, uint32_t i)
{
	lead_to(a, (struct way){ .function = f, .path = behind_step(value, &a->from->path, i) });
}

/* Is the event a store of a pointer to where parameter `param` points? */
static bool stores_through(const struct event *e, uint32_t param)
{
	return e->kind == EV_STORE && !e->field && e->obj->root == ROOT_PARAM &&
	       e->obj->index == param && !e->obj->nsteps && e->src->root != ROOT_NULL;
}

/* To what function f stores where its parameter points, which is the member. */
static void to_stored_through(const struct asked *a, uint32_t f, uint32_t param, uint32_t i)
{
	const struct function *fn = &a->l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (stores_through(&fn->blocks[b].events[e], param))
				to_value(a, f, fn->blocks[b].events[e].src, i);
}

/* To what a callee stores there, which is passed the address of the member. */
static void to_stored_by(const struct asked *a, const struct kept_pointer *k, uint32_t i)
{
	const struct path made = { .root = ROOT_CALL, .index = k->call };
	uint32_t t, n;
	const uint32_t *targets = call_targets(a->l, k->function, k->call, &n);

	if (call_argument(a->l, call_at(a->l, k->function, k->call), MODEL_CREATES) == (int)k->arg)
		to_value(a, k->function, &made, i);
	for (t = 0; t < n; t++)
		to_stored_through(a, targets[t], k->arg, i);
}

/* May the pointer be what step `i` leads to?  A void * member has pointers of several types. */
static bool is_of_type(const struct link *l, const struct path *value, const struct path *p,
		       uint32_t i)
{
	str type = type_before_step(l, p, i + 1);

	return !type || !value->type || value->type == type;
}

bool ways_from_member(const struct link *l, const struct way *w, uint32_t i, way_fn *each,
		      void *ctx)
{
	const struct asked a = { l, w, each, ctx };
	const struct step *s = &w->path.steps[i];
	const struct kept_pointer *k;
	size_t n, j;

	k = kept_in_member(l, s->record, s->field, &n);
	if (n > SOURCES_MAX) {
		limit_met(l, LIMIT_SOURCES, w->function);
		return false;
	}
	for (j = 0; j < n; j++)
		if (!k[j].value)
			to_stored_by(&a, &k[j], i);
		else if (is_of_type(l, k[j].value, &w->path, i))
			to_value(&a, k[j].function, k[j].value, i);
	return true;
}
