// SPDX-License-Identifier: GPL-2.0-only
/*
 * funcptr.c - points-to sets of function pointers, by Andersen's inclusions: where a function is
 * named, it is in a cell, and what is in one cell is in all cells that it is assigned or passed
 * to, in whatever order the program is executed.
 */
#include "funcptr.h"
#include "broken.h"
#include "called_works.h"
#include "cells.h"
#include "rules.h"
#include "symtab.h"

/* An indirect call that passes functions: they flow into the parameters of all its callees. */
struct pointer_call {
	uint32_t f, call;
	struct cell *callees;
	size_t done; /* so many of the callees have their flows */
};

struct funcptr {
	struct cells cells;
	struct pointer_call *pointer_calls;
	size_t npointer_calls, pointer_calls_cap;
};

/* The function that f was copied from by specialise(), or f: the copies have the same cells. */
static uint32_t origin(const struct link *l, uint32_t f)
{
	return symtab_function(l, l->p->functions[f].key, 0);
}

/* The cell of a parameter, a local or a call's result. */
static bool cell_of_root(const struct link *l, uint32_t f, const struct path *p,
			 struct cell_key *out)
{
	const struct function *fn = &l->p->functions[f];
	const struct call *c;

	*out = (struct cell_key){ CELL_PARAM, origin(l, f), p->index };
	if (p->root == ROOT_LOCAL)
		out->kind = CELL_LOCAL;
	if (p->root == ROOT_PARAM || p->root == ROOT_LOCAL)
		return true;
	c = p->root == ROOT_CALL ? &fn->calls[p->index] : NULL;
	if (!c || c->kind != CALLEE_DIRECT)
		return false;
	*out = (struct cell_key){ CELL_RESULT, symtab_function(l, c->name, fn->loc.file), 0 };
	if (out->a == NONE)
		*out = (struct cell_key){ CELL_RESULT_OF_ANY, c->name, 0 };
	return true;
}

/* The cell of the slot record.field of the object: each work whose function is only called has its own. */
static struct cell_key cell_of_slot(const struct link *l, const struct path *object, str record,
				    str field)
{
	const struct step *of = called_work(l, object);

	return of ? (struct cell_key){ CELL_SLOT, of->record, of->field } :
		    (struct cell_key){ CELL_SLOT, record, field };
}

/* Finds the cell that the value `p` in the frame of f is read from; false: there is none. */
static bool cell_of(const struct link *l, uint32_t f, const struct path *p, struct cell_key *out)
{
	uint32_t n = p->nsteps;

	while (n && !p->steps[n - 1].field)
		n--;
	if (n) {
		struct path object = *p;

		object.nsteps = n - 1;
		*out = cell_of_slot(l, &object, p->steps[n - 1].record, p->steps[n - 1].field);
		return true;
	}
	if (p->root == ROOT_GLOBAL) {
		*out = (struct cell_key){ CELL_GLOBAL, p->name, 0 };
		return true;
	}
	return !p->nsteps && cell_of_root(l, f, p, out);
}

/* Does the model make the functions of the cell entry points?  They need not be followed then. */
static bool is_entry_slot(const struct link *l, const struct cell_key *p)
{
	return p->kind == CELL_SLOT && rule_is_entry(rule_of_slot(l, p->a, p->b));
}

/* The value `src` in the frame of f is assigned to the cell `to`. */
static void add_flow(struct link *l, uint32_t f, const struct path *src, const struct cell_key *to)
{
	struct cells *cells = &l->funcptr->cells;
	struct cell *target = cell_get(cells, to, true);
	uint32_t function = symtab_function_value(l, f, src);
	struct cell_key from;

	if (function != NONE)
		cell_put(cells, target, function);
	else if (cell_of(l, f, src, &from) && (!is_entry_slot(l, &from) || is_entry_slot(l, to)))
		cell_include(cells, cell_get(cells, &from, true), target);
}

static bool is_function_value(const struct path *p, str type)
{
	return p->type == type || (p->root == ROOT_FUNC && !p->nsteps);
}

static void add_flows_of_args(struct link *l, uint32_t f, const struct call *c, uint32_t callee,
			      str type)
{
	struct cell_key to = { CELL_PARAM, callee, 0 };

	for (to.b = 0; to.b < c->nargs; to.b++)
		if (is_function_value(c->args[to.b], type) && !argument_is_entry(l, c, to.b))
			add_flow(l, f, c->args[to.b], &to);
}

/* Is an argument of the call a function, or may it be one? */
static bool passes_functions(const struct call *c, str type)
{
	uint32_t a;

	for (a = 0; a < c->nargs; a++)
		if (is_function_value(c->args[a], type))
			return true;
	return false;
}

static bool cell_of_callee(const struct link *l, uint32_t f, const struct call *c,
			   struct cell_key *out)
{
	const struct path param = { .root = ROOT_PARAM, .index = c->index };

	*out = cell_of_slot(l, c->base, c->record, c->name);
	return c->kind == CALLEE_SLOT ||
	       cell_of(l, f, c->kind == CALLEE_PARAM ? &param : c->base, out);
}

static void add_flows_of_direct_call(struct link *l, uint32_t f, const struct call *c, str type)
{
	uint32_t t = symtab_function(l, c->name, l->p->functions[f].loc.file);
	const uint32_t *of = &t;
	size_t i, n = 1;

	if (t == NONE)
		of = symtab_variants(l, c->name, &n);
	for (i = 0; i < n; i++)
		add_flows_of_args(l, f, c, of[i], type);
}

static void add_flows_of_call(struct link *l, uint32_t f, uint32_t call, str type)
{
	const struct call *c = &l->p->functions[f].calls[call];
	struct funcptr *v = l->funcptr;
	struct cell_key callee;

	if (!passes_functions(c, type))
		return;
	if (c->kind == CALLEE_DIRECT) {
		add_flows_of_direct_call(l, f, c, type);
	} else if (cell_of_callee(l, f, c, &callee)) {
		*vec_add(v->pointer_calls, v->npointer_calls, v->pointer_calls_cap) =
			(struct pointer_call){ f, call, cell_get(&l->funcptr->cells, &callee, true),
					       0 };
	}
}

/* Adds the flows into callees of indirect calls found since; returns whether there are any. */
static bool bind_callees(struct link *l, str type)
{
	struct funcptr *v = l->funcptr;
	bool more = false;
	size_t i;

	for (i = 0; i < v->npointer_calls; i++) {
		struct pointer_call *h = &v->pointer_calls[i];
		const struct call *c = &l->p->functions[h->f].calls[h->call];

		for (; h->done < h->callees->n; h->done++) {
			add_flows_of_args(l, h->f, c, origin(l, h->callees->items[h->done]), type);
			more = true;
		}
	}
	return more;
}

static void add_flows_of_store(struct link *l, uint32_t f, const struct event *e, str type)
{
	struct cell_key to = { CELL_GLOBAL, e->obj->name, 0 };

	if (e->kind != EV_STORE || !is_function_value(e->src, type))
		return;
	if (e->field && e->obj->type)
		to = cell_of_slot(l, e->obj, e->obj->type, e->field);
	else if (e->obj->root != ROOT_GLOBAL)
		return;
	add_flow(l, f, e->src, &to);
}

static void add_flows_of_function(struct link *l, uint32_t f, str type)
{
	const struct function *fn = &l->p->functions[f];
	struct cell_key to = { CELL_LOCAL, origin(l, f), 0 };
	uint32_t i, j;

	for (i = 0; i < fn->ncalls; i++)
		add_flows_of_call(l, f, i, type);
	for (i = 0; i < fn->nblocks; i++)
		for (j = 0; j < fn->blocks[i].nevents; j++)
			add_flows_of_store(l, f, &fn->blocks[i].events[j], type);
	for (to.b = 0; to.b < fn->nlocals; to.b++)
		for (j = 0; j < fn->locals[to.b].ndefs; j++)
			if (is_function_value(&fn->locals[to.b].defs[j], type))
				add_flow(l, f, &fn->locals[to.b].defs[j], &to);
	to = (struct cell_key){ CELL_RESULT, origin(l, f), 0 };
	for (i = 0; i < fn->nreturns; i++)
		if (is_function_value(&fn->returns[i], type))
			add_flow(l, f, &fn->returns[i], &to);
	if (fn->nreturns && fn->variant_of) {
		const struct cell_key any = { CELL_RESULT_OF_ANY, fn->variant_of, 0 };

		cell_include(&l->funcptr->cells, cell_get(&l->funcptr->cells, &to, true),
			     cell_get(&l->funcptr->cells, &any, true));
	}
}

static void add_flows_of_initialisers(struct link *l)
{
	size_t i;

	for (i = 0; i < l->p->nslots; i++) {
		const struct slot_store *s = &l->p->slots[i];
		struct cell_key to = { CELL_SLOT, s->record, s->field };
		uint32_t f = symtab_function(l, s->func, s->loc.file);

		if (!s->record)
			to = (struct cell_key){ CELL_GLOBAL, s->object, 0 };
		if (f != NONE)
			cell_put(&l->funcptr->cells, cell_get(&l->funcptr->cells, &to, true), f);
	}
}

static int by_key(const void *a, const void *b, void *p)
{
	return symtab_compare(p, *(const uint32_t *)a, *(const uint32_t *)b);
}

void funcptr_solve(struct link *l)
{
	str type = str_intern(TYPE_FUNCTION);
	struct cell *h, *tmp;
	size_t f;

	l->funcptr = xcalloc(1, sizeof(*l->funcptr));
	add_flows_of_initialisers(l);
	for (f = 0; f < l->p->nfunctions; f++)
		add_flows_of_function(l, (uint32_t)f, type);
	do
		cells_propagate(&l->funcptr->cells);
	while (bind_callees(l, type));
	HASH_ITER(hh, l->funcptr->cells.all, h, tmp)
		if (h->n > 1)
			qsort_r(h->items, h->n, sizeof(*h->items), by_key, l->p);
}

static const uint32_t *held_at(const struct link *l, const struct cell_key *key, size_t *n)
{
	struct cell *h = cell_get(&l->funcptr->cells, key, false);

	*n = h ? h->n : 0;
	return h ? h->items : NULL;
}

const uint32_t *funcptr_of_path(const struct link *l, uint32_t f, const struct path *p, size_t *n)
{
	struct cell_key key;

	*n = 0;
	return cell_of(l, f, p, &key) ? held_at(l, &key, n) : NULL;
}

const uint32_t *funcptr_of_call(const struct link *l, uint32_t f, const struct call *c, size_t *n)
{
	struct cell_key key;

	*n = 0;
	return cell_of_callee(l, f, c, &key) ? held_at(l, &key, n) : NULL;
}

void funcptr_each_slot(const struct link *l, funcptr_slot_fn *each, void *ctx)
{
	struct cell *h, *tmp;
	size_t i;

	HASH_ITER(hh, l->funcptr->cells.all, h, tmp)
		for (i = 0; h->key.kind == CELL_SLOT && i < h->n; i++)
			each(ctx, h->key.a, h->key.b, h->items[i]);
}

void funcptr_free(struct link *l)
{
	cells_free(&l->funcptr->cells);
	free(l->funcptr->pointer_calls);
	free(l->funcptr);
	l->funcptr = NULL;
}

void funcptr_check(const struct link *l)
{
	struct cell *h, *tmp;
	size_t i;

	HASH_ITER(hh, l->funcptr->cells.all, h, tmp) {
		if (h->nqueue)
			broken(l, "funcptr", h->queue[0], "it was not taken on from a cell");
		for (i = 0; i < h->n; i++)
			if (h->items[i] >= l->p->nfunctions ||
			    (i && symtab_compare(l->p, h->items[i - 1], h->items[i]) >= 0))
				broken(l, "funcptr", h->items[i], "a set is not sorted");
	}
}
