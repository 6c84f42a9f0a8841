// SPDX-License-Identifier: GPL-2.0-only
/* tables.c - which tables of callbacks an object has, by where it was found. */
#include "tables.h"
#include "callgraph.h"
#include "every_way.h"
#include "frames.h"
#include "kept.h"
#include "keymap.h"
#include "listed.h"
#include "modules.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "slots.h"

struct tables {
	struct keymap writes; /* the answers that were given, by write */
	struct keymap places; /* is_elsewhere(), by a hash of what it was asked */
};

void tables_begin(struct link *l)
{
	l->tables = xcalloc(1, sizeof(*l->tables));
}

void tables_end(struct link *l)
{
	keymap_free(&l->tables->writes);
	keymap_free(&l->tables->places);
	free(l->tables);
	l->tables = NULL;
}

/* A global table, and the member of objects that points to it. */
struct table_pointer {
	str record, field; /* `record` is a key */
	str table;
	uint32_t installer; /* a function that stores the table there */
};

static bool is_table(const struct path *p)
{
	return p->root == ROOT_GLOBAL && !p->nsteps;
}

/* --- which table a function gives an object */

static bool stores_in(const struct link *l, uint32_t f, const struct event *e,
		      const struct table_pointer *t, const struct path *object)
{
	struct path p;

	if (e->kind != EV_STORE || e->field != t->field || e->obj->type != t->record)
		return false;
	p = resolve_path(l, f, e->obj);
	return same_object(&p, object);
}

/* Does f give the object a table, and always another one? */
static bool gives_other(const struct link *l, uint32_t f, const struct table_pointer *t,
			const struct path *object)
{
	const struct function *fn = &l->p->functions[f];
	bool any = false;
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (!stores_in(l, f, ev, t, object))
				continue;
			if (!is_table(ev->src) || ev->src->name == t->table)
				return false;
			any = true;
		}
	return any;
}

/* --- which tables the objects of a list, or of a pointer member, have */

/* The functions that put objects in one place: is the table that of none of these objects? */
struct place {
	const struct link *l;
	const struct table_pointer *t;
	const struct step
		*at; /* STEP_CONTAINER out of the member by which a list has them, or STEP_PTR */
	bool any, others;
};

static void note_put(struct place *p, uint32_t f, const struct path *object)
{
	struct path o = resolve_path(p->l, f, object);

	p->any = true;
	p->others = p->others && gives_other(p->l, f, p->t, &o);
}

static void note_added(struct place *p, uint32_t f, uint32_t c)
{
	const struct call *call = &p->l->p->functions[f].calls[c];
	uint32_t a;

	for (a = 0; a < call->nargs; a++) {
		struct path object = *call->args[a];
		const struct step *s = object.nsteps ? &object.steps[object.nsteps - 1] : NULL;

		if (!s || s->kind != STEP_FIELD || s->field != p->at->field ||
		    s->record != p->at->record || !call_adds(p->l, f, c, a))
			continue;
		object.nsteps--;
		note_put(p, f, &object);
	}
}

static void note_event(struct place *p, uint32_t f, const struct event *e)
{
	if (p->at->kind == STEP_CONTAINER && e->kind == EV_CALL)
		note_added(p, f, e->call);
	else if (p->at->kind == STEP_PTR && e->kind == EV_STORE && e->field == p->at->field &&
		 e->obj->type == p->at->record && e->src->root != ROOT_NULL)
		note_put(p, f, e->src);
}

static bool find_place(const struct link *l, const struct table_pointer *t, const struct step *at)
{
	struct place p = { l, t, at, .others = true };
	uint32_t f, b, e;

	for (f = 0; f < l->p->nfunctions && p.others; f++) {
		const struct function *fn = &l->p->functions[f];

		if (!modules_are_near(l, f, t->installer))
			continue;
		for (b = 0; b < fn->nblocks; b++)
			for (e = 0; e < fn->blocks[b].nevents; e++)
				note_event(&p, f, &fn->blocks[b].events[e]);
	}
	return p.any && p.others;
}

/* Has no object that is found there the table? */
static bool is_elsewhere(const struct link *l, const struct table_pointer *t, const struct step *at)
{
	uint64_t key = hash_mix(hash_mix(hash_mix(HASH_SEED, keymap_pair(t->record, t->field)),
					 keymap_pair(t->table, at->kind)),
				keymap_pair(at->record, at->field));

	if (!keymap_has(&l->tables->places, key))
		keymap_add(&l->tables->places, key, find_place(l, t, at));
	return keymap_first(&l->tables->places, key);
}

/* --- in which records the objects with a table are */

/* Are the objects that f gives the table members of records, and none of the record of this member? */
static bool gives_members_of_others(const struct link *l, uint32_t f, const struct table_pointer *t,
				    const struct step *member)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path p;

			if (ev->kind != EV_STORE || ev->field != t->field ||
			    ev->obj->type != t->record || ev->src->name != t->table)
				continue;
			p = resolve_path(l, f, ev->obj);
			if (!p.nsteps || p.steps[p.nsteps - 1].kind != STEP_FIELD ||
			    str_unqualified(p.steps[p.nsteps - 1].record) ==
				    str_unqualified(member->record))
				return false;
		}
	return true;
}

/* Is the object a member of a record, and all that have the table are members of others? */
static bool is_other_member(const struct link *l, const struct table_pointer *t,
			    const struct path *object)
{
	const struct step *s = object->nsteps ? &object->steps[object->nsteps - 1] : NULL;
	const struct kept_pointer *k;
	size_t n, i;

	if (!s || s->kind != STEP_FIELD)
		return false;
	k = kept_in_member(l, t->record, t->field, &n);
	for (i = 0; i < n; i++)
		if (k[i].value && is_table(k[i].value) && k[i].value->name == t->table &&
		    !gives_members_of_others(l, k[i].function, t, s))
			return false;
	return true;
}

/* --- from the object of a call */

struct table_question {
	const struct link *l;
	const struct table_pointer *t;
};

/* The step by which the object was found: out of a list, or from a pointer member; NULL: another one. */
static const struct step *found_by(const struct link *l, const struct path *p)
{
	const struct step *s = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	if (!s || (s->kind == STEP_CONTAINER && (p->nsteps < 2 || !step_traverses(l, s - 1))))
		return NULL;
	return s->kind == STEP_CONTAINER || s->kind == STEP_PTR ? s : NULL;
}

/*
 * Is the object the result of a call through a slot in which the program stores nothing?  The driver with
 * the table is part of the program, so that none of its objects comes from there.
 */
static bool is_of_nobody(const struct link *l, const struct way *w)
{
	uint32_t n = 1;

	if (w->path.root == ROOT_CALL && !w->path.nsteps &&
	    l->p->functions[w->function].calls[w->path.index].kind == CALLEE_SLOT)
		call_targets(l, w->function, w->path.index, &n);
	return !n;
}

static enum way_answer has_other(void *ctx, const struct way *w)
{
	const struct table_question *q = ctx;
	const struct step *s = found_by(q->l, &w->path);

	if ((s && is_elsewhere(q->l, q->t, s)) || is_of_nobody(q->l, w) ||
	    is_other_member(q->l, q->t, &w->path))
		return WAY_HOLDS;
	return s && s->kind == STEP_CONTAINER ? WAY_FAILS : WAY_LEADS_BACK;
}

/* Finds a function that stores the table in such objects, beside which others are stored, too. */
static bool find_installer(const struct link *l, struct table_pointer *t)
{
	const struct kept_pointer *k;
	size_t n, i;

	k = kept_in_member(l, t->record, t->field, &n);
	t->installer = NONE;
	for (i = 0; i < n; i++)
		if (k[i].value && is_table(k[i].value) && k[i].value->name == t->table)
			t->installer = k[i].function;
	for (i = 0; i < n && t->installer != NONE; i++)
		if (k[i].value && is_table(k[i].value) && k[i].value->name != t->table &&
		    modules_are_near(l, k[i].function, t->installer))
			return true;
	return false;
}

/* Does the call, of a frame of the chain, reach the callee by tables that its object does not have? */
static bool mistakes_table(const struct link *l, const struct way *caller, const struct call *c,
			   uint32_t callee)
{
	struct path base = resolve_path(l, caller->function, c->base);
	const struct step *s = base.nsteps ? &base.steps[base.nsteps - 1] : NULL;
	struct way object = *caller;
	const uint32_t *tables;
	size_t n = 0, i;

	if (!s || s->kind != STEP_PTR || step_traverses(l, s))
		return false;
	tables = keymap_list(&l->slots->tables, keymap_pair(c->record, l->p->functions[callee].key),
			     &n);
	object.path = base;
	object.path.nsteps--;
	object.path.type = s->record;
	for (i = 0; i < n; i++) {
		struct table_pointer t = { s->record, s->field, tables[i], NONE };
		struct table_question q = { l, &t };

		if (!t.table || !find_installer(l, &t) || !every_way(l, &object, has_other, &q))
			return false;
	}
	return n;
}

static bool follow_chain(const struct link *l, const struct write *w)
{
	struct chain_frame at;
	uint32_t i, callee;

	if (!w->nvia || !frame_of_write(l, w, &at))
		return false;
	for (i = w->nchain - 1; i; i--) {
		const struct call *c;

		callee = at.function;
		if (!frame_up(l, w, i, &at))
			return false;
		c = &l->p->functions[at.function].calls[at.event->call];
		if (c->kind == CALLEE_SLOT &&
		    mistakes_table(l,
				   &(struct way){ .function = at.function, .w = w, .frame = i - 1 },
				   c, callee))
			return true;
	}
	return false;
}

bool chain_mistakes_table(const struct link *l, const struct write *w)
{
	if (!keymap_has(&l->tables->writes, (uintptr_t)w))
		keymap_add(&l->tables->writes, (uintptr_t)w, follow_chain(l, w));
	return keymap_first(&l->tables->writes, (uintptr_t)w);
}
