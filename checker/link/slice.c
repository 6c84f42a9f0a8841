// SPDX-License-Identifier: GPL-2.0-only
/*
 * slice.c - which functions are explored: those that lead to a store to a unit that is asked for.
 *
 * A context of a function depends on those of its callers alone, so that a set with all its
 * callers can be explored by itself.  What its functions do to locks depends on those that they may
 * call.  Other summaries are of the whole program.
 */
#include "slice.h"
#include "activity.h"
#include "broken.h"
#include "callgraph.h"
#include "claim_check.h"
#include "oneshot.h"
#include "rules.h"
#include "starts.h"
#include "symtab.h"

struct slicer {
	struct link *l;
	bool *touched; /* by record: asked for, or around one that is */
	bool *keys;    /* by string: of a function that is explored */
};

bool record_is_asked(const struct link *l, const struct record *r)
{
	return !l->p->asked || l->p->asked[r - l->p->records];
}

/* Is one of the members, in any layout of its record, touched? */
static bool has_touched(const struct slicer *x, const struct record *r)
{
	const struct record *inner, *layout;
	uint32_t i, n;

	for (i = 0; i < r->nfields; i++) {
		inner = r->fields[i].record ? symtab_record(x->l, r->fields[i].record) : NULL;
		if (!inner)
			continue;
		if (x->touched[inner - x->l->p->records])
			return true;
		for (n = 0;
		     inner->variant_of && (layout = symtab_layouts(x->l, inner->variant_of, n));
		     n++)
			if (x->touched[layout - x->l->p->records])
				return true;
	}
	return false;
}

/* To write a record whole is to write those embedded in it. */
static void touch_outer(struct slicer *x)
{
	struct program *p = x->l->p;
	bool more = true;
	size_t i;

	while (more) {
		more = false;
		for (i = 0; i < p->nrecords; i++)
			if (!x->touched[i] && has_touched(x, &p->records[i]))
				x->touched[i] = more = true;
	}
}

/* May a store to an object of this type, in any of its layouts, be one to a unit asked for? */
static bool is_touched(const struct slicer *x, str type)
{
	const struct record *r = symtab_record(x->l, type), *layout;
	uint32_t n;

	if (!r)
		return false;
	for (n = 0; r->variant_of && (layout = symtab_layouts(x->l, r->variant_of, n)); n++)
		if (x->touched[layout - x->l->p->records])
			return true;
	return x->touched[r - x->l->p->records];
}

static bool stores(const struct slicer *x, const struct function *fn)
{
	const struct path *whole;
	const struct event *e;
	uint32_t b, i;

	for (b = 0; b < fn->nblocks; b++)
		for (i = 0; i < fn->blocks[b].nevents; i++) {
			e = &fn->blocks[b].events[i];
			if (e->kind == EV_ACCESS && e->access != ACCESS_READ &&
			    is_touched(x, e->obj->type))
				return true;
		}
	for (i = 0; i < fn->nparts; i++)
		if (is_touched(x, fn->parts[i].obj.type))
			return true;
	for (i = 0; i < fn->ncalls; i++) {
		whole = call_overwrites(x->l, fn, i);
		if (whole && is_touched(x, whole->type))
			return true;
	}
	return false;
}

/* Notes the keys of the functions explored: a copy of a function has its key. */
static void find_keys(struct slicer *x)
{
	size_t f;

	for (f = 0; f < x->l->p->nfunctions; f++)
		if (x->l->explored[f])
			x->keys[x->l->p->functions[f].key] = true;
}

/* Whether a callback runs once depends on the contexts of what stores it. */
static void add_registrar(void *ctx, uint32_t callback, uint32_t by, const struct loc *at)
{
	struct slicer *x = ctx;

	(void)at;
	if (!x->l->explored[by] && !oneshot_is_elsewhere(x->l, callback) &&
	    x->keys[x->l->p->functions[callback].key])
		callgraph_mark(x->l, by, x->l->explored);
}

/* Marks the records that are embedded in a touched one. */
static bool *find_inner(const struct slicer *x)
{
	const struct program *p = x->l->p;
	bool *inner = xcalloc(p->nrecords + 1, sizeof(*inner)), more = true;
	const struct record *r;
	size_t i;
	uint32_t k;

	memcpy(inner, x->touched, p->nrecords * sizeof(*inner));
	while (more) {
		more = false;
		for (i = 0; i < p->nrecords; i++)
			for (k = 0; inner[i] && k < p->records[i].nfields; k++) {
				r = symtab_record(x->l, p->records[i].fields[k].record);
				if (r && !inner[r - p->records])
					inner[r - p->records] = more = true;
			}
	}
	return inner;
}

/* Whether what was ended may run depends on the contexts of what starts it. */
static void add_starters(struct slicer *x)
{
	bool *inner = find_inner(x);
	const struct record *r;
	const struct start *s;
	size_t i;

	for (i = 0; (s = starts_get(x->l, i)); i++) {
		r = symtab_record(x->l, activity_record(x->l, &s->activity.path));
		if (r && inner[r - x->l->p->records] && starts_matter(x->l, s->activity.name))
			callgraph_mark(x->l, s->function, x->l->explored);
	}
	free(inner);
}

static size_t count_explored(const struct link *l)
{
	size_t f, n = 0;

	for (f = 0; f < l->p->nfunctions; f++)
		n += l->explored[f];
	return n;
}

/* Adds the callees of f to those called, and to the stack. */
static size_t add_callees(struct link *l, uint32_t f, uint32_t *stack, size_t depth)
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t t;

	for (t = 0; t < g->ntargets; t++)
		if (!l->called[g->targets[t]]) {
			l->called[g->targets[t]] = true;
			stack[depth++] = g->targets[t];
		}
	return depth;
}

static bool any_names_locks(const struct link *l)
{
	size_t i;

	for (i = 0; i < l->p->nrecords; i++)
		if (l->p->asked[i] && claims_name_locks(l, &l->p->records[i]))
			return true;
	return false;
}

/* What a function does to locks depends on what it may call. */
static void find_called(struct link *l)
{
	size_t n = l->p->nfunctions, depth = 0, f;
	uint32_t *stack;

	l->called = arena_alloc(l->arena, n * sizeof(*l->called));
	if (!l->p->asked || any_names_locks(l)) {
		memset(l->called, true, n * sizeof(*l->called));
		return;
	}
	stack = xmalloc((n + 1) * sizeof(*stack));
	for (f = 0; f < n; f++)
		if (l->explored[f] && !l->called[f]) {
			l->called[f] = true;
			stack[depth++] = (uint32_t)f;
			while (depth)
				depth = add_callees(l, stack[depth - 1], stack, depth - 1);
		}
	free(stack);
}

void slice_find(struct link *l)
{
	struct slicer x = { .l = l };
	size_t i, before;

	if (!l->p->asked) {
		l->explored = l->relevant;
		find_called(l);
		return;
	}
	l->explored = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->explored));
	x.touched = xcalloc(l->p->nrecords + 1, sizeof(*x.touched));
	memcpy(x.touched, l->p->asked, l->p->nrecords * sizeof(*x.touched));
	touch_outer(&x);
	for (i = 0; i < l->p->nfunctions; i++)
		if (l->relevant[i] && !l->explored[i] && stores(&x, &l->p->functions[i]))
			callgraph_mark(l, (uint32_t)i, l->explored);
	add_starters(&x);
	x.keys = xcalloc(str_count(), sizeof(*x.keys));
	do {
		before = count_explored(l);
		find_keys(&x);
		oneshot_each_store(l, add_registrar, &x);
	} while (count_explored(l) != before);
	free(x.touched);
	free(x.keys);
	find_called(l);
}

void slice_check(const struct link *l)
{
	uint32_t f, c;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (l->explored[f] && !l->relevant[f])
			broken(l, "slice", f, "it is explored, and is not relevant");
		for (c = 0; l->called[f] && c < l->callgraph[f].ntargets; c++)
			if (!l->called[l->callgraph[f].targets[c]])
				broken(l, "slice", f, "it calls %s, which is not called",
				       str_get(l->p->functions[l->callgraph[f].targets[c]].key));
		for (c = 0; l->explored[f] && c < l->callgraph[f].ncallers; c++)
			if (!l->explored[l->callgraph[f].callers[c]])
				broken(l, "slice", l->callgraph[f].callers[c],
				       "it calls %s, and is not explored",
				       str_get(l->p->functions[f].key));
	}
}
