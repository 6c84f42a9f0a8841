// SPDX-License-Identifier: GPL-2.0-only
/*
 * oneshot.c - callbacks that run once for each object, as they free what they are called for.
 *
 * Such a callback frees the object of a parameter on every path, is stored only into fresh
 * objects, not in a loop, and by code that only entry points of set-up reach.  For the objects
 * that are set up there it runs once, and so never concurrently with itself.
 */
#include "oneshot.h"
#include "broken.h"
#include "escape.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "path.h"
#include "relevance.h"
#include "resolve.h"
#include "rules.h"
#include "specialise.h"
#include "symtab.h"

/* A store of such a callback into a fresh object, or a call of it. */
struct registrar {
	uint32_t callback, function; /* what is stored, and by what */
	struct loc loc;
};

struct oneshot {
	bool *frees;	 /* by function: it frees the object of a parameter on every path */
	bool *elsewhere; /* by function: it may be called in other ways, or more than once */
	struct registrar *stores;
	size_t n, cap;
	struct setup_entry { /* made by oneshot_settle() */
		uint32_t callback;
		str label; /* of an entry point from which the callback is stored */
	} *entries;
	size_t nentries, entries_cap;
	struct keymap seen;   /* while these are made: callbacks and labels */
	struct keymap looped; /* the same: functions and calls, with whether the call is in a loop */
	uint32_t *in_chain; /* by context: answer + 2, modulo 2^32; 0: not known.  NULL: none are */
};

/* --- does it free its argument? */

static bool frees_param(const struct link *l, uint32_t f, const struct event *e)
{
	const struct call *c;
	struct path p;
	int arg;

	if (e->kind != EV_CALL)
		return false;
	c = &l->p->functions[f].calls[e->call];
	arg = call_argument(l, c, MODEL_FREE);
	if (arg < 0)
		return false;
	p = resolve_path(l, f, c->args[arg]);
	return p.root == ROOT_PARAM && path_embeds(&p, 0);
}

static bool block_frees(const struct link *l, uint32_t f, const struct block *b)
{
	uint32_t i;

	for (i = 0; i < b->nevents; i++)
		if (b->events[i].kind == EV_CALL && frees_param(l, f, &b->events[i]))
			return true;
	return false;
}

/* Do all paths from block `at` to an exit free an object of a parameter? */
static bool all_free(const struct link *l, uint32_t f, uint32_t at, bool *seen)
{
	const struct block *b = &l->p->functions[f].blocks[at];
	uint32_t i;

	if (seen[at] || block_frees(l, f, b))
		return true;
	seen[at] = true;
	for (i = 0; i < b->nsuccs; i++)
		if (!all_free(l, f, b->succs[i], seen))
			return false;
	return b->nsuccs;
}

/* Does a path lead from block `from` to block `to`? */
static bool leads_to(const struct function *fn, uint32_t from, uint32_t to, bool *seen)
{
	const struct block *b = &fn->blocks[from];
	uint32_t i;

	seen[from] = true;
	for (i = 0; i < b->nsuccs; i++)
		if (b->succs[i] == to ||
		    (!seen[b->succs[i]] && leads_to(fn, b->succs[i], to, seen)))
			return true;
	return false;
}

static bool in_loop(const struct function *fn, uint32_t block)
{
	bool *seen = xcalloc(fn->nblocks, sizeof(*seen));
	bool loops = leads_to(fn, block, block, seen);

	free(seen);
	return loops;
}

static bool call_in_loop(const struct function *fn, uint32_t call)
{
	uint32_t i, j;

	for (i = 0; i < fn->nblocks; i++)
		for (j = 0; j < fn->blocks[i].nevents; j++)
			if (fn->blocks[i].events[j].kind == EV_CALL &&
			    fn->blocks[i].events[j].call == call)
				return in_loop(fn, i);
	return false;
}

static bool frees_on_all_paths(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	bool *seen, any = false;
	uint32_t i;

	for (i = 0; i < fn->nblocks && !any; i++)
		any = block_frees(l, f, &fn->blocks[i]);
	if (!any)
		return false;
	seen = xcalloc(fn->nblocks, sizeof(*seen));
	any = all_free(l, f, 0, seen);
	free(seen);
	return any;
}

/* --- where is it stored?  A direct call counts as a store: it is the only call for its object. */

static void note_at(struct oneshot *o, uint32_t callback, uint32_t f, struct loc loc)
{
	*vec_add(o->stores, o->n, o->cap) = (struct registrar){ callback, f, loc };
}

static void note_store(const struct link *l, struct oneshot *o, uint32_t f, uint32_t block,
		       const struct event *e)
{
	uint32_t callback = symtab_function_value(l, f, e->src);
	struct path obj;

	if (callback == NONE || !o->frees[callback])
		return;
	obj = resolve_path(l, f, e->obj);
	if (fresh_bit(l, f, &obj) >= 0 && !in_loop(&l->p->functions[f], block))
		note_at(o, callback, f, e->loc);
	else
		o->elsewhere[callback] = true;
}

static void note_call(const struct link *l, struct oneshot *o, uint32_t f, const struct call *c)
{
	uint32_t i, callback;
	const uint32_t *of = &callback;
	size_t n = 1;

	for (i = 0; i < c->nargs; i++) {
		callback = symtab_function_value(l, f, c->args[i]);
		if (callback != NONE)
			o->elsewhere[callback] = true;
	}
	if (c->kind != CALLEE_DIRECT)
		return;
	callback = symtab_function(l, c->name, l->p->functions[f].loc.file);
	if (callback == NONE)
		of = symtab_variants(l, c->name, &n);
	while (n--)
		if (o->frees[of[n]])
			note_at(o, of[n], f, c->loc);
}

static void note_function(const struct link *l, struct oneshot *o, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i, j;

	for (i = 0; i < fn->ncalls; i++)
		note_call(l, o, f, &fn->calls[i]);
	for (i = 0; i < fn->nblocks; i++)
		for (j = 0; j < fn->blocks[i].nevents; j++)
			if (fn->blocks[i].events[j].kind == EV_STORE)
				note_store(l, o, f, i, &fn->blocks[i].events[j]);
}

/*
 * An initialiser at file scope stores into an object that is not fresh.  Those in functions are
 * events, too.
 */
static void note_slot(const struct link *l, struct oneshot *o, const struct slot_store *slot)
{
	uint32_t f = symtab_function(l, slot->func, slot->loc.file);
	size_t i;

	if (f == NONE || !o->frees[f])
		return;
	for (i = 0; i < o->n; i++)
		if (o->stores[i].callback == f && o->stores[i].loc.file == slot->loc.file &&
		    o->stores[i].loc.line == slot->loc.line)
			return;
	o->elsewhere[f] = true;
}

void oneshot_find(struct link *l)
{
	struct oneshot *o = arena_alloc(l->arena, sizeof(*o));
	uint32_t f;
	size_t i;

	o->frees = arena_alloc(l->arena, l->p->nfunctions * sizeof(*o->frees));
	o->elsewhere = arena_alloc(l->arena, l->p->nfunctions * sizeof(*o->elsewhere));
	for (f = 0; f < l->p->nfunctions; f++)
		o->frees[f] = l->relevant[f] && frees_on_all_paths(l, f);
	for (f = 0; f < l->p->nfunctions; f++)
		note_function(l, o, f);
	for (i = 0; i < l->p->nslots; i++)
		note_slot(l, o, &l->p->slots[i]);
	l->oneshot = o;
	for (i = 0; i < o->n; i++)
		if (!o->elsewhere[o->stores[i].callback])
			relevance_add(l, o->stores[i].function);
}

/* The callback that may run once, if the function is one or a copy of one; else NONE. */
static uint32_t oneshot_of(const struct link *l, uint32_t f)
{
	if (!l->oneshot->frees[f])
		return NONE;
	if (is_specialised(l, f))
		f = symtab_function(l, l->p->functions[f].key, 0);
	return l->oneshot->elsewhere[f] ? NONE : f;
}

uint32_t oneshot_in_chain(const struct link *l, uint32_t at)
{
	uint32_t *known = l->oneshot->in_chain, out = NONE, i;

	for (i = at; i != NONE; i = context_at(l, i)->parent) {
		out = known && known[i] ? known[i] - 2 : oneshot_of(l, context_at(l, i)->function);
		if (out != NONE || (known && known[i]))
			break;
	}
	for (; known && at != i; at = context_at(l, at)->parent)
		known[at] = out + 2;
	return out;
}

void oneshot_remember(struct link *l, size_t ncontexts)
{
	l->oneshot->in_chain = xcalloc(ncontexts, sizeof(*l->oneshot->in_chain));
}

void oneshot_forget(struct link *l)
{
	free(l->oneshot->in_chain);
	l->oneshot->in_chain = NULL;
}

/* --- from which entry points is it stored? */

static str entry_label(const struct explorer *x, uint32_t at)
{
	while (context_at(x->l, at)->parent != NONE)
		at = context_at(x->l, at)->parent;
	return context_at(x->l, at)->label;
}

/* Is the call by which the context was entered in a loop of the caller? */
static bool is_entered_in_loop(const struct explorer *x, struct oneshot *o, const struct context *n)
{
	uint32_t caller = context_at(x->l, n->parent)->function, in_loop;
	uint64_t key = (uint64_t)caller << 32 | n->parent_call;

	in_loop = keymap_first(&o->looped, key);
	if (in_loop == NONE) {
		in_loop = call_in_loop(&x->l->p->functions[caller], n->parent_call);
		keymap_add(&o->looped, key, in_loop);
	}
	return in_loop;
}

/* Is a call on the way to the context in a loop? */
static bool is_repeated(const struct explorer *x, struct oneshot *o, uint32_t at)
{
	const struct context *n;

	for (; context_at(x->l, at)->parent != NONE; at = n->parent) {
		n = context_at(x->l, at);
		if (is_entered_in_loop(x, o, n))
			return true;
	}
	return false;
}

/*
 * Notes the entry points from which the function that stores the callback is reached.  If not all
 * of them set up, or one may store it more than once, the callback may run twice.
 */
static void note_entries(const struct explorer *x, struct oneshot *o, const struct registrar *r)
{
	uint32_t at = x->of[r->function].first;

	if (at == NONE && !is_specialised(x->l, r->function))
		o->elsewhere[r->callback] = true;
	for (; at != NONE && !o->elsewhere[r->callback]; at = context_at(x->l, at)->next) {
		str label = entry_label(x, at);

		if (context_at(x->l, at)->entry_phase != PHASE_SETUP || is_repeated(x, o, at))
			o->elsewhere[r->callback] = true;
		if (keymap_has(&o->seen, keymap_pair(r->callback, label)))
			continue;
		keymap_mark(&o->seen, keymap_pair(r->callback, label));
		*vec_add(o->entries, o->nentries, o->entries_cap) =
			(struct setup_entry){ r->callback, label };
	}
}

void oneshot_settle(struct link *l)
{
	const struct explorer *x = l->explorer;
	struct oneshot *o = x->l->oneshot;
	size_t i;

	for (i = 0; i < o->n; i++)
		if (!o->elsewhere[o->stores[i].callback])
			note_entries(x, o, &o->stores[i]);
	keymap_free(&o->seen);
	keymap_free(&o->looped);
}

/* Does the entry point set up objects of the unit? */
static bool sets_up(const struct unit_verdict *v, str label)
{
	uint32_t i;

	for (i = 0; i < v->nwrites; i++)
		if (v->writes[i].phase == PHASE_SETUP && v->writes[i].chain[0] == label)
			return true;
	return false;
}

bool oneshot_for(const struct link *l, const struct unit_verdict *v, uint32_t callback)
{
	const struct oneshot *o = l->oneshot;
	bool any = false;
	size_t i;

	if (callback == NONE || o->elsewhere[callback])
		return false;
	for (i = 0; i < o->nentries; i++) {
		if (o->entries[i].callback != callback)
			continue;
		if (!sets_up(v, o->entries[i].label))
			return false;
		any = true;
	}
	return any;
}

bool oneshot_frees(const struct link *l, uint32_t f)
{
	return l->oneshot->frees[f];
}

bool oneshot_is_elsewhere(const struct link *l, uint32_t f)
{
	return l->oneshot->elsewhere[f];
}

void oneshot_each_store(const struct link *l, oneshot_store_fn *each, void *ctx)
{
	const struct oneshot *o = l->oneshot;
	size_t i;

	for (i = 0; i < o->n; i++)
		each(ctx, o->stores[i].callback, o->stores[i].function, &o->stores[i].loc);
}

void oneshot_free(struct link *l)
{
	free(l->oneshot->stores);
	free(l->oneshot->entries);
}

void oneshot_check(const struct link *l)
{
	const struct oneshot *o = l->oneshot;
	size_t i;

	for (i = 0; i < o->n; i++)
		if (o->stores[i].callback >= l->p->nfunctions ||
		    o->stores[i].function >= l->p->nfunctions || !o->frees[o->stores[i].callback])
			broken(l, "oneshot", o->stores[i].function, "it stores callback %u",
			       o->stores[i].callback);
}
