// SPDX-License-Identifier: GPL-2.0-only
/*
 * confidence.c - how much a finding is to be believed, and why not more; which
 * objects one context at a time has.
 */
#include "confidence.h"
#include "callgraph.h"
#include "lock_compare.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "object_phase.h"
#include "path.h"
#include "rules.h"
#include "slots.h"
#include "symtab.h"

#define CHAIN_BELIEVED 8 /* functions, the entry point among them: node.depth counts the others */

static bool has_shared_member(const struct link *l, const struct record *r, int depth)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		str member = r->fields[i].record;
		const struct record *inner;

		if (!member)
			continue;
		if (model_has(l->model, MODEL_LOCK_TYPE, str_unqualified(member)) ||
		    model_has(l->model, MODEL_SHARED, str_unqualified(member)))
			return true;
		inner = symtab_record(l, member);
		if (!inner || inner == r)
			continue;
		if (depth == EMBEDDED_MAX)
			limit_met_at(l, LIMIT_EMBEDDED, &inner->loc, inner->name);
		else if (has_shared_member(l, inner, depth + 1))
			return true;
	}
	return false;
}

/* Does the object that the path ends in, or one around it, have what only shared ones need? */
static bool path_is_shared(const struct link *l, const struct path *p)
{
	const struct record *r = symtab_record(l, p->type);
	uint32_t i;

	if (p->root == ROOT_GLOBAL && !p->nsteps)
		return true;
	for (i = p->nsteps; i; i--) {
		const struct step *s = &p->steps[i - 1];

		if (s->kind != STEP_INDEX && !step_embeds(s))
			break;
		if (r && has_shared_member(l, r, 0))
			return true;
		if (s->record)
			r = symtab_record(l, s->record);
		if (i == 1 && p->root == ROOT_GLOBAL)
			return true;
	}
	return r && has_shared_member(l, r, 0);
}

/* One of several objects of a kind, told apart by a number: a ring, a pool of commands. */
static bool is_element(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind == STEP_INDEX)
			return p->root != ROOT_GLOBAL;
	return false;
}

/* Found by going through a list, a tree... of other instances? */
static bool is_traversed(const struct link *l, uint32_t f, const struct path *p)
{
	const struct local *v;
	uint32_t i;

	if (path_traverses(l, p))
		return true;
	if (p->root != ROOT_LOCAL)
		return false;
	v = &l->p->functions[f].locals[p->index];
	for (i = 0; i < v->ndefs; i++)
		if (path_traverses(l, &v->defs[i]))
			return true;
	return false;
}

static size_t top_directory(const char *file)
{
	return strcspn(file, "/");
}

/*
 * Does a callback lead on to one of several that another part of the kernel
 * stored?  A core calls what was stored for its object; a driver calls what was
 * stored for its own, not for others'.
 */
static bool leads_astray(const struct link *l, const struct context *contexts, uint32_t at)
{
	for (; contexts[at].parent != NONE; at = contexts[at].parent) {
		uint32_t from = contexts[contexts[at].parent].function,
			 call = contexts[at].parent_call, ntargets;
		const char *a = str_get(l->p->functions[from].loc.file);
		const char *b = str_get(l->p->functions[contexts[at].function].loc.file);

		call_targets(l, from, call, &ntargets);
		if (l->p->functions[from].calls[call].kind == CALLEE_SLOT && ntargets > 1 &&
		    (top_directory(a) != top_directory(b) || strncmp(a, b, top_directory(a))))
			return true;
	}
	return false;
}

/* Why a write to `obj` in context `at` is less than sure, apart from its lockset. */
static enum doubt doubt_of_write(const struct link *l, const struct context *contexts, uint32_t at,
				 const struct path *obj, const struct write *w)
{
	if (obj->root == ROOT_UNKNOWN)
		return DOUBT_UNKNOWN_OBJECT;
	if (!path_is_shared(l, obj))
		return DOUBT_NOT_SEEN_SHARED;
	if (is_element(obj))
		return DOUBT_ARRAY_ELEMENT;
	if (w->whole)
		return DOUBT_WHOLE_RECORD;
	if (contexts[at].entry_phase != PHASE_RUNTIME &&
	    !is_traversed(l, contexts[at].function, obj))
		return DOUBT_LIFECYCLE_ENTRY;
	if (leads_astray(l, contexts, at))
		return DOUBT_FOREIGN_CALLEE;
	if (contexts[at].depth >= CHAIN_BELIEVED)
		return DOUBT_LONG_CHAIN;
	return DOUBT_NONE;
}

void believe_write(const struct link *l, const struct context *contexts, uint32_t at, bool doubted,
		   enum object_phase phase, const struct path *obj, struct write *w)
{
	const struct context *n = &contexts[at];

	w->confidence = CONF_LOW;
	w->doubt = context_doubt(n);
	w->unseen = n->unseen;
	if (phase == OBJECT_RUNTIME_ASSUMED && obj->root != ROOT_UNKNOWN) {
		w->doubt = DOUBT_NOT_SEEN_PUBLISHED;
	} else if (phase == OBJECT_RUNTIME_EXPOSED) {
		w->doubt = DOUBT_EXPOSED_SETUP;
	} else if (!n->merged) {
		w->doubt = doubt_of_write(l, contexts, at, obj, w);
		if (!w->doubt && (n->sometimes_locked || doubted))
			w->doubt = DOUBT_SOMETIMES_LOCKED;
		w->confidence = w->doubt ? CONF_MEDIUM : CONF_HIGH;
	}
}

uint32_t write_confidence(const struct write *w)
{
	return w->unseen ? CONF_LOW : w->confidence;
}

/*
 * Are these two runs of one function that is entered in one way, so that nothing shows that it runs
 * twice at once?  In a context that tasks do not enter for themselves (a work item, an interrupt),
 * that goes for all that the first callee of the chain does.
 */
static bool is_itself(const struct link *l, const struct write *a, const struct write *b)
{
	if (a->context != b->context || a->chain[0] != b->chain[0])
		return false;
	return a->function == b->function ||
	       (a->nchain > 1 && b->nchain > 1 && a->chain[1] == b->chain[1] &&
		!model_has(l->model, MODEL_PARALLEL, a->context));
}

/* Implementations of one interface that no object has both of: two drivers, two generations. */
static bool are_rivals(const struct link *l, const struct write *a, const struct write *b)
{
	uint32_t i, k;

	for (i = 0; i < a->nvia; i++)
		for (k = 0; k < b->nvia; k++)
			if (a->via[i].record == b->via[k].record &&
			    !may_share_table(l, &a->via[i], &b->via[k]))
				return true;
	return false;
}

/* It was not seen that they are one lock. */
static bool same_name(const struct held *a, const struct held *b)
{
	return a->name == b->name;
}

void believe_conflict(const struct link *l, const struct unit_verdict *v, struct conflict *c)
{
	const struct write *a = &v->writes[c->write_a], *b = &v->writes[c->write_b];
	const struct write *weak = write_confidence(a) <= write_confidence(b) ? a : b;

	c->confidence = write_confidence(weak);
	c->doubt = weak->doubt ? weak->doubt : weak == a ? b->doubt : a->doubt;
	if (c->confidence != CONF_HIGH)
		return;
	if (is_itself(l, a, b))
		c->doubt = DOUBT_SAME_FUNCTION;
	else if (a->context == b->context && model_has(l->model, MODEL_ORDERED, a->context))
		c->doubt = DOUBT_ORDERED_CONTEXT;
	else if (a->own && b->own)
		c->doubt = DOUBT_INTERRUPTED_TASK;
	else if (a->together && a->together == b->together)
		c->doubt = DOUBT_SAME_CONSTANTS;
	else if (share_lock(a, b, same_name))
		c->doubt = DOUBT_SAME_LOCK_NAME;
	else if (are_rivals(l, a, b))
		c->doubt = DOUBT_RIVAL_CALLEES;
	if (c->doubt)
		c->confidence = CONF_MEDIUM;
}

static bool name_is_handed(const struct link *l, const struct record *r)
{
	const char *name = str_get(r->name), *dot = strchr(name, '.');

	return model_has(l->model, MODEL_HANDED, r->name) ||
	       (dot && model_has(l->model, MODEL_HANDED, str_intern_n(name, (size_t)(dot - name))));
}

/* The named record that an unnamed one is a member of, or NULL. */
static const struct record *outer_record(const struct link *l, const struct record *r)
{
	const char *name = str_get(r->name), *key = str_get(r->key), *dot = strchr(name, '.');
	const char *at = strchr(key, '@');

	if (!dot)
		return NULL;
	return symtab_record(l, str_printf("%.*s%s", (int)(dot - name), name, at ? at : ""));
}

/* Is the object in the bytes that one which is passed from hand to hand has for its holder? */
static bool is_carried(const struct link *l, const struct path *p)
{
	const struct step *s = p->nsteps >= 2 ? &p->steps[p->nsteps - 2] : NULL;
	const struct record *outer;
	uint32_t i;

	if (!p->type || !s || s->kind != STEP_FIELD || s[1].kind != STEP_INDEX ||
	    !model_has(l->model, MODEL_HANDED, str_unqualified(s->record)))
		return false;
	outer = symtab_record(l, s->record);
	for (i = 0; outer && i < outer->nfields; i++)
		if (outer->fields[i].name == s->field)
			return !outer->fields[i].record;
	return !outer;
}

static void note_carried(const struct link *l, const struct path *p)
{
	struct record *r = is_carried(l, p) ? symtab_record(l, p->type) : NULL;

	if (r)
		r->flags |= RECORD_CARRIED;
}

void records_carried(const struct link *l)
{
	uint32_t f, i, j;

	for (f = 0; f < l->p->nfunctions; f++) {
		const struct function *fn = &l->p->functions[f];

		for (i = 0; i < fn->ncalls; i++)
			for (j = 0; j < fn->calls[i].nargs; j++)
				note_carried(l, fn->calls[i].args[j]);
		for (i = 0; i < fn->nlocals; i++)
			for (j = 0; j < fn->locals[i].ndefs; j++)
				note_carried(l, &fn->locals[i].defs[j]);
		for (i = 0; i < fn->nblocks; i++)
			for (j = 0; j < fn->blocks[i].nevents; j++)
				if (fn->blocks[i].events[j].kind == EV_ACCESS)
					note_carried(l, fn->blocks[i].events[j].obj);
	}
}

/*
 * A message, or an object that is passed from hand to hand.  What begins with
 * such an object is passed on with it, as C derives one record from another.
 */
bool record_is_handed(const struct link *l, const struct record *r)
{
	const struct record *base = r, *outer = outer_record(l, r);
	uint32_t i;

	if (r->flags & RECORD_CARRIED || (outer && record_is_handed(l, outer)))
		return true;
	for (i = 0; base; i++) {
		if (i == EMBEDDED_MAX) {
			limit_met_at(l, LIMIT_EMBEDDED, &base->loc, base->name);
			break;
		}
		if (name_is_handed(l, base))
			return true;
		if (!base->nfields || base->fields[0].bit_offset || !base->fields[0].record)
			break;
		if (model_has(l->model, MODEL_HANDED, str_unqualified(base->fields[0].record)))
			return true;
		base = symtab_record(l, base->fields[0].record);
	}
	for (i = 0; i < r->nfields; i++)
		if (model_has(l->model, MODEL_WIRE_TYPE, r->fields[i].type))
			return r->flags & RECORD_UAPI;
	return false;
}
