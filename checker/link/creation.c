// SPDX-License-Identifier: GPL-2.0-only
/* creation.c - where the callbacks of works, timers, threads and interrupts are created. */
#include "creation.h"
#include "callgraph.h"
#include "frames.h"
#include "handles.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "on_paths.h"
#include "path.h"
#include "resolve.h"
#include "symtab.h"

struct creations {
	struct creation_site *all;
	size_t n, cap;
	struct keymap sites;	 /* callback: indexes into `all` */
	struct keymap names;	 /* of these callbacks */
	struct keymap elsewhere; /* callbacks whose address gets elsewhere, too */
};

/* --- the sites */

static void add_site(struct link *l, uint32_t callback, uint32_t f, const struct event *e)
{
	struct creations *c = l->creations;

	keymap_add(&c->sites, callback, (uint32_t)c->n);
	keymap_mark(&c->names, l->p->functions[callback].name);
	*vec_add(c->all, c->n, c->cap) = (struct creation_site){ f, e };
}

/* Does the call register its argument `a` as the callback of an interrupt, a thread, a timer ...? */
static bool registers(const struct link *l, const struct call *c, uint32_t a)
{
	const struct entry_rule *r =
		c->kind == CALLEE_DIRECT ?
			model_registration(l->model, str_unqualified(c->name), (int)a) :
			NULL;

	return r && !r->fn_member;
}

static void note_value(struct link *l, uint32_t f, const struct event *e, const struct path *value,
		       bool creates)
{
	uint32_t callback = symtab_function_value(l, f, value);

	if (callback != NONE && creates)
		add_site(l, callback, f, e);
	else if (callback != NONE)
		keymap_mark(&l->creations->elsewhere, callback);
}

static void note_event(struct link *l, uint32_t f, const struct event *e)
{
	const struct call *c;
	uint32_t a;

	if (e->kind == EV_STORE)
		note_value(l, f, e, e->src,
			   model_has(l->model, MODEL_SHARED, str_unqualified(e->obj->type)));
	if (e->kind != EV_CALL)
		return;
	c = &l->p->functions[f].calls[e->call];
	for (a = 0; a < c->nargs; a++)
		note_value(l, f, e, c->args[a], registers(l, c, a));
}

static void note_function(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i, j;

	for (i = 0; i < fn->nblocks; i++)
		for (j = 0; j < fn->blocks[i].nevents; j++)
			note_event(l, f, &fn->blocks[i].events[j]);
	for (i = 0; i < fn->nlocals; i++)
		for (j = 0; j < fn->locals[i].ndefs; j++)
			note_value(l, f, NULL, &fn->locals[i].defs[j], false);
	for (i = 0; i < fn->nreturns; i++)
		note_value(l, f, NULL, &fn->returns[i], false);
}

void creations_find(struct link *l)
{
	uint32_t f, callback;
	size_t i;

	l->creations = xcalloc(1, sizeof(*l->creations));
	for (f = 0; f < l->p->nfunctions; f++)
		note_function(l, f);
	for (i = 0; i < l->p->nslots; i++) {
		const struct slot_store *s = &l->p->slots[i];

		callback = s->object ? symtab_function(l, s->func, s->loc.file) : NONE;
		if (callback != NONE)
			keymap_mark(&l->creations->elsewhere, callback);
	}
}

void creations_free(struct link *l)
{
	free(l->creations->all);
	keymap_free(&l->creations->sites);
	keymap_free(&l->creations->names);
	keymap_free(&l->creations->elsewhere);
	free(l->creations);
	l->creations = NULL;
}

const struct creation_site *creation_of(const struct link *l, uint32_t f, uint32_t i)
{
	size_t n = 0;
	const uint32_t *sites = keymap_list(&l->creations->sites, f, &n);

	return i < n && !keymap_has(&l->creations->elsewhere, f) ? &l->creations->all[sites[i]] :
								   NULL;
}

/* --- is a site behind an event? */

/* The only function that calls f, and its only call that does; false: there are more. */
static bool only_call(const struct link *l, uint32_t f, uint32_t *caller, const struct event **at)
{
	const struct callgraph_node *g = &l->callgraph[f];
	const struct function *fn;
	uint32_t b, e;

	*at = NULL;
	if (g->ncallers != 1 || !callgraph_has_direct(l, g->callers[0], f))
		return false;
	*caller = g->callers[0];
	fn = &l->p->functions[*caller];
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind != EV_CALL || only_target(l, *caller, ev->call) != f)
				continue;
			if (*at)
				return false;
			*at = ev;
		}
	return *at;
}

/* Is something that the event is given, after `up` calls up from the site, part of the object? */
static bool given(const struct link *l, const struct creation_site *s, const struct chain_frame *at)
{
	const struct call *c = s->event->kind == EV_CALL ?
				       &l->p->functions[s->function].calls[s->event->call] :
				       NULL;
	uint32_t n = c ? c->nargs : 1, i, f, caller;
	const struct event *e;

	for (i = 0; i < n; i++) {
		struct path p = resolve_path(l, s->function, c ? c->args[i] : s->event->obj);

		for (f = s->function; f != at->function && only_call(l, f, &caller, &e); f = caller)
			p = substitute_path(l, caller, &l->p->functions[caller].calls[e->call], &p);
		if (f == at->function && same_memory(&p, &at->object))
			return true;
	}
	return false;
}

/* The event of f in which the site is, itself or in a callee that nothing else calls; NULL: in none. */
static const struct event *event_of_site(const struct link *l, uint32_t f,
					 const struct creation_site *s)
{
	const struct event *e = s->event;
	uint32_t at = s->function, caller, depth;

	for (depth = 0; at != f && depth < l->p->nfunctions; depth++, at = caller)
		if (!only_call(l, at, &caller, &e))
			return NULL;
	return at == f ? e : NULL;
}

/* Is the site behind what the function of the chain executes, and never before? */
static bool is_behind(const struct link *l, const struct chain_frame *at,
		      const struct creation_site *s)
{
	const struct function *fn = &l->p->functions[at->function];
	const struct event *e = event_of_site(l, at->function, s);

	return e && e != at->event && event_leads_to(fn, at->event, e) &&
	       !event_leads_to(fn, e, at->event) && given(l, s, at);
}

/* Does the chain come from its event to the site without a look at the handle? */
static bool is_blind(const struct link *l, const struct chain_frame *at,
		     const struct creation_site *s, const struct handle *h)
{
	const struct event *e = s->event;
	uint32_t f = s->function, caller;

	for (; f != at->function; f = caller) {
		if (!is_reached_blindly(l, f, NULL, e, h) || !only_call(l, f, &caller, &e))
			return false;
	}
	return is_reached_blindly(l, f, at->event, e, h);
}

/*
 * Does one of the sites, behind the event, overwrite what all of them have left in one member?  Then none
 * of them has been there: it would be lost.
 */
static bool overwrites_behind(const struct link *l, const struct chain_frame *at,
			      const uint32_t *sites, size_t n)
{
	struct handle first, h;
	bool found = false;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct creation_site *s = &l->creations->all[sites[i]];

		if (!handle_of_site(l, s, &h) ||
		    (i && (h.record != first.record || h.field != first.field)))
			return false;
		first = h;
		found |= is_behind(l, at, s) && is_blind(l, at, s, &h);
	}
	return found;
}

static bool all_behind(const struct link *l, const struct chain_frame *at, const uint32_t *sites,
		       size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_behind(l, at, &l->creations->all[sites[i]]))
			return n > 1 && overwrites_behind(l, at, sites, n);
	return n;
}

bool created_behind(const struct link *l, const struct write *a, const struct write *b)
{
	bool callback = b->nchain > 1 && keymap_has(&l->creations->names, b->chain[1]);
	uint32_t root = callback ? frame_root(l, b) : NONE, i;
	struct chain_frame at;
	const uint32_t *sites;
	size_t n;

	if (root == NONE || keymap_has(&l->creations->elsewhere, root))
		return false;
	sites = keymap_list(&l->creations->sites, root, &n);
	if (!sites || !frame_of_write(l, a, &at))
		return false;
	for (i = a->nchain - 1; at.object.root != ROOT_UNKNOWN; i--) {
		if (all_behind(l, &at, sites, n))
			return true;
		if (!frame_up(l, a, i, &at))
			break;
	}
	return false;
}
