// SPDX-License-Identifier: GPL-2.0-only
/*
 * funcptr.c - where functions go as values: into slots, variables, parameters,
 * results, and from one of these into another, whatever the order of
 * execution (Andersen's inclusions, of places by name and type).
 */
#include <uthash.h>

#include "funcptr.h"
#include "rules.h"
#include "symtab.h"

/* What holds functions.  A slot is one place for all objects of its record. */
enum place_kind { PLACE_SLOT, PLACE_GLOBAL, PLACE_PARAM, PLACE_LOCAL, PLACE_RESULT };

struct place {
	uint32_t kind, a, b;
};

struct held_functions {
	struct place place;
	uint32_t *items, *queue; /* functions; those not passed on yet */
	size_t n, cap, nqueue, queue_cap;
	bool listed;
	UT_hash_handle hh;
};

struct flow_edge {
	struct held_functions *from, *to;
};

/* A call through a pointer that is handed functions: parameters of what the pointer may hold. */
struct handing {
	uint32_t f, call;
	struct held_functions *callees;
	size_t done; /* of the callees */
};

struct funcptr {
	struct held_functions *places;
	struct flow_edge *edges; /* sorted by `from` once all are there */
	size_t n, cap;
	struct held_functions **work;
	size_t nwork, work_cap;
	struct handing *handings;
	size_t nhandings, handings_cap;
};

static struct held_functions *place_get(struct link *l, const struct place *key, bool add)
{
	struct funcptr *v = l->funcptr;
	struct held_functions *h;

	HASH_FIND(hh, v->places, key, sizeof(*key), h);
	if (!h && add) {
		h = xcalloc(1, sizeof(*h));
		h->place = *key;
		HASH_ADD(hh, v->places, place, sizeof(h->place), h);
	}
	return h;
}

static void put_function(struct link *l, struct held_functions *h, uint32_t f)
{
	struct funcptr *v = l->funcptr;
	size_t i;

	for (i = 0; i < h->n; i++)
		if (h->items[i] == f)
			return;
	*vec_add(h->items, h->n, h->cap) = f;
	*vec_add(h->queue, h->nqueue, h->queue_cap) = f;
	if (!h->listed) {
		h->listed = true;
		*vec_add(v->work, v->nwork, v->work_cap) = h;
	}
}

/* The function as its calls see it: copies of it for constants hold what it does. */
static uint32_t origin(const struct link *l, uint32_t f)
{
	return symtab_function(l, l->p->functions[f].key, 0);
}

static bool place_of_root(const struct link *l, uint32_t f, const struct path *p, struct place *out)
{
	const struct function *fn = &l->p->functions[f];
	const struct call *c;

	*out = (struct place){ PLACE_PARAM, origin(l, f), p->index };
	if (p->root == ROOT_LOCAL)
		out->kind = PLACE_LOCAL;
	if (p->root == ROOT_PARAM || p->root == ROOT_LOCAL)
		return true;
	c = p->root == ROOT_CALL ? &fn->calls[p->index] : NULL;
	if (!c || c->kind != CALLEE_DIRECT)
		return false;
	*out = (struct place){ PLACE_RESULT, symtab_function(l, c->name, fn->loc.file), 0 };
	return out->a != NONE;
}

/* The place that the value `p` in f is read from. */
static bool place_of(const struct link *l, uint32_t f, const struct path *p, struct place *out)
{
	uint32_t n = p->nsteps;

	while (n && !p->steps[n - 1].field)
		n--;
	if (n) {
		*out = (struct place){ PLACE_SLOT, p->steps[n - 1].record, p->steps[n - 1].field };
		return true;
	}
	if (p->root == ROOT_GLOBAL) {
		*out = (struct place){ PLACE_GLOBAL, p->name, 0 };
		return true;
	}
	return !p->nsteps && place_of_root(l, f, p, out);
}

/* The model says how what is there is entered: how the core comes to call it need not be followed. */
static bool is_entered(const struct link *l, const struct place *p)
{
	return p->kind == PLACE_SLOT && rule_is_entry(rule_of_slot(l, p->a, p->b));
}

/* The value `src` in f may be in the place `to`. */
static void flows(struct link *l, uint32_t f, const struct path *src, const struct place *to)
{
	struct held_functions *h = place_get(l, to, true);
	struct funcptr *v = l->funcptr;
	struct held_functions *other;
	struct place from;
	uint32_t function = symtab_function_value(l, f, src);
	size_t i;

	if (function != NONE) {
		put_function(l, h, function);
	} else if (place_of(l, f, src, &from) && (!is_entered(l, &from) || is_entered(l, to))) {
		other = place_get(l, &from, true);
		*vec_add(v->edges, v->n, v->cap) = (struct flow_edge){ other, h };
		for (i = 0; i < other->n; i++)
			put_function(l, h, other->items[i]);
	}
}

static bool is_function_value(const struct path *p, str type)
{
	return p->type == type || (p->root == ROOT_FUNC && !p->nsteps);
}

static void flows_of_args(struct link *l, uint32_t f, const struct call *c, uint32_t callee,
			  str type)
{
	struct place to = { PLACE_PARAM, callee, 0 };

	for (to.b = 0; to.b < c->nargs; to.b++)
		if (is_function_value(c->args[to.b], type) && !argument_is_entry(l, c, to.b))
			flows(l, f, c->args[to.b], &to);
}

static bool hands_functions(const struct call *c, str type)
{
	uint32_t a;

	for (a = 0; a < c->nargs; a++)
		if (is_function_value(c->args[a], type))
			return true;
	return false;
}

static bool place_of_callee(const struct link *l, uint32_t f, const struct call *c,
			    struct place *out)
{
	const struct path param = { .root = ROOT_PARAM, .index = c->index };

	*out = (struct place){ PLACE_SLOT, c->record, c->name };
	return c->kind == CALLEE_SLOT ||
	       place_of(l, f, c->kind == CALLEE_PARAM ? &param : c->base, out);
}

static void flows_of_call(struct link *l, uint32_t f, uint32_t call, str type)
{
	const struct call *c = &l->p->functions[f].calls[call];
	struct funcptr *v = l->funcptr;
	struct place callee;
	uint32_t t;

	if (!hands_functions(c, type))
		return;
	if (c->kind == CALLEE_DIRECT) {
		t = symtab_function(l, c->name, l->p->functions[f].loc.file);
		if (t != NONE)
			flows_of_args(l, f, c, t, type);
	} else if (place_of_callee(l, f, c, &callee)) {
		*vec_add(v->handings, v->nhandings, v->handings_cap) =
			(struct handing){ f, call, place_get(l, &callee, true), 0 };
	}
}

/* Returns whether a call turned out to reach more functions. */
static bool hand_on(struct link *l, str type)
{
	struct funcptr *v = l->funcptr;
	bool more = false;
	size_t i;

	for (i = 0; i < v->nhandings; i++) {
		struct handing *h = &v->handings[i];
		const struct call *c = &l->p->functions[h->f].calls[h->call];

		for (; h->done < h->callees->n; h->done++) {
			flows_of_args(l, h->f, c, origin(l, h->callees->items[h->done]), type);
			more = true;
		}
	}
	return more;
}

static void flows_of_store(struct link *l, uint32_t f, const struct event *e, str type)
{
	struct place to = { PLACE_GLOBAL, e->obj->name, 0 };

	if (e->kind != EV_STORE || !is_function_value(e->src, type))
		return;
	if (e->field && e->obj->type)
		to = (struct place){ PLACE_SLOT, e->obj->type, e->field };
	else if (e->obj->root != ROOT_GLOBAL)
		return;
	flows(l, f, e->src, &to);
}

static void flows_of_function(struct link *l, uint32_t f, str type)
{
	const struct function *fn = &l->p->functions[f];
	struct place to = { PLACE_LOCAL, origin(l, f), 0 };
	uint32_t i, j;

	for (i = 0; i < fn->ncalls; i++)
		flows_of_call(l, f, i, type);
	for (i = 0; i < fn->nblocks; i++)
		for (j = 0; j < fn->blocks[i].nevents; j++)
			flows_of_store(l, f, &fn->blocks[i].events[j], type);
	for (to.b = 0; to.b < fn->nlocals; to.b++)
		for (j = 0; j < fn->locals[to.b].ndefs; j++)
			if (is_function_value(&fn->locals[to.b].defs[j], type))
				flows(l, f, &fn->locals[to.b].defs[j], &to);
	to = (struct place){ PLACE_RESULT, origin(l, f), 0 };
	for (i = 0; i < fn->nreturns; i++)
		if (is_function_value(&fn->returns[i], type))
			flows(l, f, &fn->returns[i], &to);
}

static void flows_of_initialisers(struct link *l)
{
	size_t i;

	for (i = 0; i < l->p->nslots; i++) {
		const struct slot_store *s = &l->p->slots[i];
		struct place to = { PLACE_SLOT, s->record, s->field };
		uint32_t f = symtab_function(l, s->func, s->loc.file);

		if (!s->record)
			to = (struct place){ PLACE_GLOBAL, s->object, 0 };
		if (f != NONE)
			put_function(l, place_get(l, &to, true), f);
	}
}

static int by_source(const void *a, const void *b)
{
	const struct flow_edge *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static size_t first_edge(const struct funcptr *v, const struct held_functions *from)
{
	size_t low = 0, high = v->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (v->edges[middle].from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void pass_on(struct link *l)
{
	struct funcptr *v = l->funcptr;
	size_t e, i, n;

	if (v->n)
		qsort(v->edges, v->n, sizeof(*v->edges), by_source);
	while (v->nwork) {
		struct held_functions *h = v->work[--v->nwork];
		uint32_t *queue = h->queue;

		n = h->nqueue;
		h->queue = NULL;
		h->nqueue = h->queue_cap = 0;
		h->listed = false;
		for (e = first_edge(v, h); e < v->n && v->edges[e].from == h; e++)
			for (i = 0; i < n; i++)
				put_function(l, v->edges[e].to, queue[i]);
		free(queue);
	}
}

int funcptr_compare(const struct program *p, uint32_t x, uint32_t y)
{
	int c = strcmp(str_get(p->functions[x].key), str_get(p->functions[y].key));

	return c ? c : x < y ? -1 : x > y;
}

static int by_key(const void *a, const void *b, void *p)
{
	return funcptr_compare(p, *(const uint32_t *)a, *(const uint32_t *)b);
}

void funcptr_solve(struct link *l)
{
	str type = str_intern(TYPE_FUNCTION);
	struct held_functions *h, *tmp;
	size_t f;

	l->funcptr = xcalloc(1, sizeof(*l->funcptr));
	flows_of_initialisers(l);
	for (f = 0; f < l->p->nfunctions; f++)
		flows_of_function(l, (uint32_t)f, type);
	do
		pass_on(l);
	while (hand_on(l, type));
	HASH_ITER(hh, l->funcptr->places, h, tmp)
		if (h->n > 1)
			qsort_r(h->items, h->n, sizeof(*h->items), by_key, l->p);
}

static const uint32_t *held_at(const struct link *l, const struct place *place, size_t *n)
{
	struct held_functions *h;

	HASH_FIND(hh, l->funcptr->places, place, sizeof(*place), h);
	*n = h ? h->n : 0;
	return h ? h->items : NULL;
}

const uint32_t *funcptr_of_path(const struct link *l, uint32_t f, const struct path *p, size_t *n)
{
	struct place place;

	*n = 0;
	return place_of(l, f, p, &place) ? held_at(l, &place, n) : NULL;
}

const uint32_t *funcptr_of_call(const struct link *l, uint32_t f, const struct call *c, size_t *n)
{
	struct place place;

	*n = 0;
	return place_of_callee(l, f, c, &place) ? held_at(l, &place, n) : NULL;
}

void funcptr_each_slot(const struct link *l, funcptr_slot_fn *each, void *ctx)
{
	struct held_functions *h, *tmp;
	size_t i;

	HASH_ITER(hh, l->funcptr->places, h, tmp)
		for (i = 0; h->place.kind == PLACE_SLOT && i < h->n; i++)
			each(ctx, h->place.a, h->place.b, h->items[i]);
}

void funcptr_free(struct link *l)
{
	struct held_functions *h, *tmp;

	HASH_ITER(hh, l->funcptr->places, h, tmp) {
		HASH_DEL(l->funcptr->places, h);
		free(h->items);
		free(h->queue);
		free(h);
	}
	free(l->funcptr->edges);
	free(l->funcptr->work);
	free(l->funcptr->handings);
	free(l->funcptr);
	l->funcptr = NULL;
}
