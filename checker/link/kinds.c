// SPDX-License-Identifier: GPL-2.0-only
/* kinds.c - the kind of an object: which table of callbacks, or which callback, it was made with. */
#include "kinds.h"
#include "callgraph.h"
#include "keymap.h"
#include "lock_relation.h"
#include "path.h"
#include "resolve.h"
#include "slots.h"
#include "symtab.h"

/* --- from the object written to the tables of its chain */

/* Is `to` found from `from` without going back from what a pointer points to, to one of its pointers? */
static bool is_found_from(const struct path *from, const struct path *to)
{
	uint32_t common = common_steps(from, to), i;

	if (!path_embeds(from, common))
		return false;
	for (i = common; i < to->nsteps; i++)
		if (to->steps[i].kind == STEP_INDEX)
			return false;
	return same_root(from, to);
}

/* The number of the path from the object to the record whose slot `c`, a call of f, goes through; or 0. */
static uint32_t table_of(struct link *l, struct path_numbers *paths, uint32_t f,
			 const struct call *c, const struct path *obj)
{
	/* (any member of the record: a lock that is one is the nearest to what is asked) */
	struct step member = { STEP_FIELD, c->record, str_intern(TYPE_FUNCTION) };
	struct lock place = { .path = resolve_path(l, f, c->base) };
	struct held h;

	if (!is_found_from(obj, &place.path) || !path_append(&place.path, &member))
		return 0;
	h = lock_relation(l, f, paths, obj, &place);
	return h.relation == REL_SELF || h.relation == REL_VIA ? h.rel : 0;
}

void kinds_fill(struct link *l, struct path_numbers *paths, uint32_t at, const struct path *obj,
		struct write *w)
{
	struct path here = *obj;
	uint32_t i, n = 0;

	w->via = arena_copy(l->arena, w->via, w->nvia * sizeof(*w->via));
	for (i = at; n < w->nvia && context_at(l, i)->parent != NONE;
	     i = context_at(l, i)->parent) {
		const struct call *c = context_call(l, i);
		uint32_t f = context_caller(l, i);

		if (here.root != ROOT_UNKNOWN)
			here = substitute_path(l, f, c, &here);
		if (c->kind != CALLEE_SLOT)
			continue;
		if (here.root != ROOT_UNKNOWN)
			w->via[n].table = table_of(l, paths, f, c, &here);
		n++;
	}
}

/* --- which functions one object may have in its slots */

struct kinds {
	struct keymap fields; /* record, function: the members of it that the function is stored in */
	struct keymap assigned; /* record, function: it is assigned, not only in an initialiser */
	struct keymap lead;	/* record, function: those in slots of the record that lead to it */
	struct keymap climbed;	/* record, function: `lead` has it */
};

static void note_assigned(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_STORE && ev->field && ev->src->root == ROOT_FUNC)
				keymap_mark(&l->kinds->assigned,
					    keymap_pair(ev->obj->type, ev->src->name));
		}
}

void kinds_find(struct link *l)
{
	uint32_t f;
	size_t i;

	l->kinds = xcalloc(1, sizeof(*l->kinds));
	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];

		keymap_add(&l->kinds->fields,
			   keymap_pair(s->record, l->p->functions[s->function].key), s->field);
	}
	for (f = 0; f < l->p->nfunctions; f++)
		note_assigned(l, f);
}

void kinds_free(struct link *l)
{
	keymap_free(&l->kinds->fields);
	keymap_free(&l->kinds->assigned);
	free(l->kinds);
	l->kinds = NULL;
}

/* The only member of the record that the function is stored in, or 0. */
static str only_slot(const struct link *l, str record, str function)
{
	size_t n;
	const uint32_t *fields = keymap_list(&l->kinds->fields, keymap_pair(record, function), &n);

	return fields && n == 1 ? fields[0] : 0;
}

/* May one object have both functions in slots of the record? */
static bool may_have_both(const struct link *l, str record, str a, str b)
{
	const struct via x = { .record = record, .function = a };
	const struct via y = { .record = record, .function = b };
	str slot = only_slot(l, record, a);

	if (a == b)
		return true;
	if (slot && slot == only_slot(l, record, b))
		return false;
	return may_share_table(l, &x, &y) ||
	       keymap_has(&l->kinds->assigned, keymap_pair(record, a)) ||
	       keymap_has(&l->kinds->assigned, keymap_pair(record, b));
}

void kinds_remember(struct link *l)
{
	struct kinds *own = arena_copy(l->arena, l->kinds, sizeof(*own));

	own->lead = own->climbed = (struct keymap){ 0 };
	l->kinds = own;
}

void kinds_forget(struct link *l)
{
	keymap_free(&l->kinds->lead);
	keymap_free(&l->kinds->climbed);
}

/* --- which functions in the slots of a record lead to a function */

struct climb {
	const struct link *l;
	bool *seen;
	str record;
	uint64_t key; /* in kinds.lead */
};

static bool is_stored(const struct climb *c, uint32_t f)
{
	return keymap_has(&c->l->kinds->fields, keymap_pair(c->record, c->l->p->functions[f].key));
}

/* Above a function that is in a slot of the record, its direct callers alone are followed. */
static bool enter_leading(void *ctx, uint32_t f, uint32_t callee)
{
	struct climb *c = ctx;

	if (c->seen[f] ||
	    (callee != NONE && is_stored(c, callee) && !callgraph_has_direct(c->l, f, callee)))
		return false;
	c->seen[f] = true;
	if (is_stored(c, f))
		keymap_add(&c->l->kinds->lead, c->key, c->l->p->functions[f].key);
	return true;
}

/* The key in kinds.lead of those that lead to the function; they are there from now on. */
static uint64_t find_leading(const struct link *l, str record, uint32_t leaf)
{
	struct climb c = { .l = l, .record = record, .key = keymap_pair(record, leaf) };

	if (keymap_has(&l->kinds->climbed, c.key))
		return c.key;
	keymap_mark(&l->kinds->climbed, c.key);
	c.seen = xcalloc(l->p->nfunctions, sizeof(*c.seen));
	callgraph_climb(l, leaf, enter_leading, &c);
	free(c.seen);
	return c.key;
}

/* May any two functions that lead to the stores be of one object? */
static bool others_may_have_both(const struct link *l, const struct write *a, const struct write *b,
				 str record)
{
	uint64_t of_a = find_leading(l, record, a->function),
		 of_b = find_leading(l, record, b->function);
	size_t i, k, na, nb;
	const uint32_t *x = keymap_list(&l->kinds->lead, of_a, &na),
		       *y = keymap_list(&l->kinds->lead, of_b, &nb);

	for (i = 0; i < na; i++)
		for (k = 0; k < nb; k++)
			if (may_have_both(l, record, x[i], y[k]))
				return true;
	return false;
}

bool kinds_exclude(const struct link *l, const struct write *a, const struct write *b)
{
	uint32_t i, k;

	for (i = 0; i < a->nvia; i++)
		for (k = 0; k < b->nvia; k++) {
			const struct via *x = &a->via[i], *y = &b->via[k];

			if (x->table && x->table == y->table && x->record == y->record &&
			    !may_have_both(l, x->record, x->function, y->function) &&
			    !others_may_have_both(l, a, b, x->record))
				return true;
		}
	return false;
}
