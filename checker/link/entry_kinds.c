// SPDX-License-Identifier: GPL-2.0-only
/* entry_kinds.c - the kind of the object that an entry point is called with, by the tables it is in. */
#include "entry_kinds.h"
#include "base/names.h"
#include "callgraph.h"
#include "frames.h"
#include "kept.h"
#include "keymap.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "slots.h"

/*
 * Calls up and down from a function that installs a table, for the others that the object gets: an object
 * that gets none so near may have any.
 */
#define INSTALL_CALLS 3

/* An entry point that objects have in a table, to which a member of them points. */
struct entry {
	uint32_t function;
	uint32_t param;	    /* of it: the object */
	str record, member; /* a key, and the pointer to the table */
	str ops;	    /* key of the record of the table */
};

struct entry_kinds {
	struct keymap stored;  /* by function: indexes into slots.stored of those in a table */
	struct keymap members; /* record, that of a table: the member that points to such tables */
	struct keymap roots;   /* by write: the first function of its chain, or NONE */
	struct keymap answers; /* two of these functions: 1 if no object has tables of both */
};

/* Notes the members in which f stores pointers to tables. */
static void note_members(struct link *l, uint32_t f, const struct keymap *tables)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_STORE && ev->field && keymap_has(tables, ev->src->type))
				keymap_add(&l->entry_kinds->members,
					   keymap_pair(ev->obj->type, ev->src->type), ev->field);
		}
}

void entry_kinds_begin(struct link *l)
{
	struct keymap tables = { 0 };
	size_t i;

	l->entry_kinds = xcalloc(1, sizeof(*l->entry_kinds));
	for (i = 0; i < l->slots->nstored; i++)
		if (l->slots->stored[i].object) {
			keymap_add(&l->entry_kinds->stored, l->slots->stored[i].function,
				   (uint32_t)i);
			keymap_mark(&tables, l->slots->stored[i].record);
		}
	for (i = 0; i < l->p->nfunctions; i++)
		note_members(l, (uint32_t)i, &tables);
	keymap_free(&tables);
}

void entry_kinds_end(struct link *l)
{
	keymap_free(&l->entry_kinds->stored);
	keymap_free(&l->entry_kinds->members);
	free(l->entry_kinds);
	l->entry_kinds = NULL;
}

void entry_kinds_remember(struct link *l)
{
	struct entry_kinds *own = arena_copy(l->arena, l->entry_kinds, sizeof(*own));

	own->roots = own->answers = (struct keymap){ 0 };
	l->entry_kinds = own;
}

void entry_kinds_forget(struct link *l)
{
	keymap_free(&l->entry_kinds->roots);
	keymap_free(&l->entry_kinds->answers);
}

/* --- the entry point */

static bool is_table(const struct path *p)
{
	return p->root == ROOT_GLOBAL && !p->nsteps;
}

/* Which parameter of the function has a pointer to the table that the function is in? */
static bool find_entry(const struct link *l, uint32_t f, struct entry *e)
{
	const struct function *fn = &l->p->functions[f];
	const uint32_t *stored;
	size_t n, i;

	*e = (struct entry){ .function = f };
	stored = keymap_list(&l->entry_kinds->stored, f, &n);
	for (i = 0; stored && i < n; i++) {
		e->ops = l->slots->stored[stored[i]].record;
		for (e->param = 0; e->param < fn->nparams; e->param++) {
			e->record = fn->params[e->param].type;
			e->member = keymap_first(&l->entry_kinds->members,
						 keymap_pair(e->record, e->ops));
			if (e->record && e->member != NONE)
				return true;
		}
	}
	return false;
}

/* Is the entry point in the table of that name? */
static bool is_in_table(const struct link *l, const struct entry *e, str table)
{
	const uint32_t *stored;
	size_t n, i;

	stored = keymap_list(&l->entry_kinds->stored, e->function, &n);
	for (i = 0; i < n; i++)
		if (l->slots->stored[stored[i]].object == table &&
		    l->slots->stored[stored[i]].record == e->ops)
			return true;
	return false;
}

static bool may_share(const struct link *l, const struct entry *a, const struct entry *b)
{
	const uint32_t *stored;
	size_t n, i;

	stored = keymap_list(&l->entry_kinds->stored, a->function, &n);
	for (i = 0; i < n; i++)
		if (is_in_table(l, b, l->slots->stored[stored[i]].object))
			return true;
	return false;
}

/* --- which tables an object gets */

/* Which tables an object has in a member: those of an entry point, or others. */
struct given {
	const struct link *l;
	const struct entry *e; /* of this one */
	bool any;
	bool maybe; /* one of the entry point, or an unknown one */
};

static void note_given(struct given *g, const struct path *value)
{
	g->any = true;
	g->maybe = g->maybe || !is_table(value) || is_in_table(g->l, g->e, value->name);
}

static void given_below(struct given *g, uint32_t f, const struct path *object, int depth);

static void given_by_call(struct given *g, uint32_t f, const struct call *c, uint32_t callee,
			  const struct path *object, int depth)
{
	uint32_t a;

	for (a = 0; a < c->nargs && a < g->l->p->functions[callee].nparams; a++) {
		struct path arg = resolve_path(g->l, f, c->args[a]);
		struct path param = { .root = ROOT_PARAM, .index = a };

		if (same_object(&arg, object))
			given_below(g, callee, &param, depth - 1);
	}
}

/* Notes the tables that f, or a callee to which it passes the object, stores in it. */
static void given_below(struct given *g, uint32_t f, const struct path *object, int depth)
{
	const struct function *fn = &g->l->p->functions[f];
	uint32_t b, e, t, n;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path p;

			if (ev->kind == EV_STORE && ev->field == g->e->member &&
			    ev->obj->type == g->e->record) {
				p = resolve_path(g->l, f, ev->obj);
				if (same_object(&p, object))
					note_given(g, ev->src);
			} else if (ev->kind == EV_CALL && depth &&
				   fn->calls[ev->call].kind == CALLEE_DIRECT) {
				const uint32_t *targets = call_targets(g->l, f, ev->call, &n);

				for (t = 0; t < n; t++)
					given_by_call(g, f, &fn->calls[ev->call], targets[t],
						      object, depth);
			}
		}
}

/* Does the object get, wherever it is passed to f, a table in the member, and none of the entry point? */
static bool gets_other(const struct link *l, const struct entry *e, uint32_t f,
		       const struct path *object, int depth)
{
	struct given g = { .l = l, .e = e };
	const struct callgraph_node *node = &l->callgraph[f];
	uint32_t i, c;

	given_below(&g, f, object, INSTALL_CALLS);
	if (g.any || !depth || object->root != ROOT_PARAM || !node->ncallers)
		return g.any && !g.maybe;
	for (i = 0; i < node->ncallers; i++) {
		const struct function *caller = &l->p->functions[node->callers[i]];

		for (c = 0; c < caller->ncalls; c++) {
			struct path up;

			if (!call_leads_to(l, node->callers[i], c, f))
				continue;
			up = substitute_path(l, node->callers[i], &caller->calls[c], object);
			up = resolve_path(l, node->callers[i], &up);
			if (!gets_other(l, e, node->callers[i], &up, depth - 1))
				return false;
		}
	}
	return true;
}

/* --- where the tables of an entry point are installed */

/* Does a caller pass a table of the entry point as that argument? */
static bool is_passed(const struct link *l, const struct entry *e, uint32_t f, uint32_t arg)
{
	const struct callgraph_node *node = &l->callgraph[f];
	uint32_t i, c;

	for (i = 0; i < node->ncallers; i++) {
		const struct function *caller = &l->p->functions[node->callers[i]];

		for (c = 0; c < caller->ncalls; c++)
			if (call_leads_to(l, node->callers[i], c, f) &&
			    arg < caller->calls[c].nargs && is_table(caller->calls[c].args[arg]) &&
			    is_in_table(l, e, caller->calls[c].args[arg]->name))
				return true;
	}
	return false;
}

static bool is_of_entry(const struct link *l, const struct entry *e, uint32_t f,
			const struct path *value)
{
	const struct local *v;
	uint32_t i;

	if (is_table(value))
		return is_in_table(l, e, value->name);
	if (value->root == ROOT_PARAM && !value->nsteps)
		return is_passed(l, e, f, value->index);
	if (value->root != ROOT_LOCAL || value->nsteps)
		return false;
	v = &l->p->functions[f].locals[value->index];
	for (i = 0; i < v->ndefs; i++)
		if (is_table(&v->defs[i]) && is_in_table(l, e, v->defs[i].name))
			return true;
	return false;
}

/* Do the objects that f gives a table of `has` never get one of `lacks`?  *any: it gives one. */
static bool installed_apart(const struct link *l, const struct entry *has,
			    const struct entry *lacks, uint32_t f, bool *any)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path object;

			if (ev->kind != EV_STORE || ev->field != has->member ||
			    ev->obj->type != has->record || !is_of_entry(l, has, f, ev->src))
				continue;
			*any = true;
			object = resolve_path(l, f, ev->obj);
			if (!gets_other(l, lacks, f, &object, INSTALL_CALLS))
				return false;
		}
	return true;
}

/* Has no object with a table of `has` one of `lacks`? */
static bool excludes(const struct link *l, const struct entry *has, const struct entry *lacks)
{
	const struct kept_pointer *k;
	bool any = false;
	size_t n, i;

	k = kept_in_member(l, has->record, has->member, &n);
	for (i = 0; i < n; i++)
		if (k[i].value && !installed_apart(l, has, lacks, k[i].function, &any))
			return false;
	return any;
}

static bool are_of_two_kinds(const struct link *l, uint32_t f, uint32_t g)
{
	struct entry a, b;

	if (f == g || !find_entry(l, f, &a) || !find_entry(l, g, &b) || a.record != b.record)
		return false;
	if (a.member == b.member)
		return !may_share(l, &a, &b);
	return excludes(l, &a, &b) || excludes(l, &b, &a);
}

/* --- two writes */

static bool two_kinds(const struct link *l, uint32_t f, uint32_t g)
{
	struct entry_kinds *k = l->entry_kinds;
	uint64_t key = f < g ? keymap_pair(f, g) : keymap_pair(g, f);

	if (!keymap_has(&k->answers, key))
		keymap_add(&k->answers, key, are_of_two_kinds(l, f, g));
	return keymap_first(&k->answers, key);
}

static uint32_t root_of(const struct link *l, const struct write *w)
{
	struct entry_kinds *k = l->entry_kinds;

	if (!keymap_has(&k->roots, (uintptr_t)w))
		keymap_add(&k->roots, (uintptr_t)w, frame_root(l, w));
	return keymap_first(&k->roots, (uintptr_t)w);
}

/* The object written in the frame of the entry point, to whose object the path has to lead from. */
static bool object_from_entry(const struct link *l, const struct write *w, struct path *p)
{
	struct chain_frame at;
	struct entry e;
	uint32_t i;

	if (!frame_of_write(l, w, &at))
		return false;
	for (i = w->nchain - 1; i > 1; i--)
		if (!frame_up(l, w, i, &at))
			return false;
	*p = resolve_path(l, at.function, &at.object);
	return find_entry(l, at.function, &e) && p->root == ROOT_PARAM && p->index == e.param;
}

static const struct step *last_pointer(const struct link *l, const struct path *p)
{
	uint32_t i;

	for (i = p->nsteps; i; i--)
		if (p->steps[i - 1].kind == STEP_PTR && !step_traverses(l, &p->steps[i - 1]))
			return &p->steps[i - 1];
	return NULL;
}

/* (a pointer of one object may lead to a part of another one) */
static bool are_found_apart(const struct link *l, const struct path *a, const struct path *b)
{
	const struct step *s = last_pointer(l, a), *t = last_pointer(l, b);

	if (!s || !t)
		return s == t;
	return s->record != t->record || s->field != t->field;
}

bool entries_are_of_two_kinds(const struct link *l, const struct write *a, const struct write *b)
{
	uint32_t f = root_of(l, a), g = root_of(l, b);
	struct path p, q;

	return f != NONE && g != NONE && two_kinds(l, f, g) && object_from_entry(l, a, &p) &&
	       object_from_entry(l, b, &q) && are_found_apart(l, &p, &q);
}
