// SPDX-License-Identifier: GPL-2.0-only
/*
 * callgraph.c - names to indexes, calls to functions, slots by record.field.
 *
 * A function stored in a slot is called wherever that slot is called.  Slots
 * the model gives a context of their own are entry points instead: their real
 * callers (the VFS, the driver core...) say less than the model does.
 */
#include <uthash.h>

#include "link.h"
#include "kernel/linuxmodel.h"

struct by_str {
	uint64_t key;
	uint32_t *items;
	size_t n, cap;
	UT_hash_handle hh;
};

struct index {
	struct by_str *functions;    /* key or external name -> function */
	struct by_str *records;	     /* key -> record */
	struct by_str *called;	     /* record.field -> called somewhere */
	struct by_str *tables;	     /* record, function -> variables it is stored in */
	struct by_str *owned;	     /* record.field -> holds a fresh object */
	struct by_str *declarations; /* name -> declaration */
};

static uint64_t pair(str a, str b)
{
	return (uint64_t)a << 32 | b;
}

static struct by_str *entry(struct by_str **map, uint64_t key, bool add)
{
	struct by_str *e;

	HASH_FIND(hh, *map, &key, sizeof(key), e);
	if (!e && add) {
		e = xcalloc(1, sizeof(*e));
		e->key = key;
		HASH_ADD(hh, *map, key, sizeof(e->key), e);
	}
	return e;
}

static void entry_add(struct by_str **map, uint64_t key, uint32_t item)
{
	struct by_str *e = entry(map, key, true);
	size_t i;

	for (i = 0; i < e->n; i++)
		if (e->items[i] == item)
			return;
	*vec_add(e->items, e->n, e->cap) = item;
}

static void map_free(struct by_str **map)
{
	struct by_str *e, *tmp;

	HASH_ITER(hh, *map, e, tmp) {
		HASH_DEL(*map, e);
		free(e->items);
		free(e);
	}
}

void index_free(struct link *l)
{
	map_free(&l->index->functions);
	map_free(&l->index->records);
	map_free(&l->index->called);
	map_free(&l->index->tables);
	map_free(&l->index->owned);
	map_free(&l->index->declarations);
	free(l->stored);
	clone_free(l);
	registered_free(l);
	values_free(l);
	free(l->index);
	l->index = NULL;
}

uint32_t find_function(const struct link *l, str name, str from)
{
	struct by_str *e = entry(&l->index->functions, name, false);

	if (!e && from && !strchr(str_get(name), '@'))
		e = entry(&l->index->functions, str_printf("%s@%s", str_get(name), str_get(from)),
			  false);
	return e ? e->items[0] : NONE;
}

uint32_t find_value(const struct link *l, uint32_t f, const struct path *p)
{
	if (p->root != ROOT_FUNC || p->nsteps)
		return NONE;
	return find_function(l, p->name, l->p->functions[f].loc.file);
}

struct record *find_record(const struct link *l, str key)
{
	struct by_str *e = entry(&l->index->records, key, false);

	return e ? &l->p->records[e->items[0]] : NULL;
}

const struct declaration *find_declaration(const struct link *l, str name)
{
	struct by_str *e = entry(&l->index->declarations, name, false);

	return e ? &l->p->declarations[e->items[0]] : NULL;
}

bool slot_is_called(const struct link *l, str record, str field)
{
	return entry(&l->index->called, pair(record, field), false);
}

const struct entry_rule *slot_rule(const struct link *l, str record, str field)
{
	return linuxmodel_slot(l->model, str_unqualified(record), field);
}

bool field_is_owned(const struct link *l, const struct step *s)
{
	return entry(&l->index->owned, pair(s->record, s->field), false) ||
	       linuxmodel_is_owned(l->model, str_unqualified(s->record), s->field);
}

bool may_share_table(const struct link *l, const struct via *a, const struct via *b)
{
	const struct by_str *x = entry(&l->index->tables, pair(a->record, a->function), false);
	const struct by_str *y = entry(&l->index->tables, pair(b->record, b->function), false);
	size_t i, k;

	if (!x || !y)
		return true;
	for (i = 0; i < x->n; i++)
		for (k = 0; k < y->n; k++)
			if (!x->items[i] || !y->items[k] || x->items[i] == y->items[k])
				return true;
	return false;
}

/* Does a rule make the slot an entry point whatever its callers are? */
bool rule_is_entry(const struct entry_rule *r)
{
	return r && strcmp(str_get(r->context), "caller");
}

bool argument_is_entry(const struct link *l, const struct call *c, uint32_t arg)
{
	return rule_is_entry(linuxmodel_registration(l->model, str_unqualified(c->name), (int)arg));
}

static void index_names(struct link *l)
{
	struct program *p = l->p;
	struct index *x = l->index = xcalloc(1, sizeof(*x));
	size_t i;

	for (i = 0; i < p->nfunctions; i++)
		entry_add(&x->functions, p->functions[i].key, (uint32_t)i);
	for (i = 0; i < p->nrecords; i++)
		entry_add(&x->records, p->records[i].key, (uint32_t)i);
	for (i = 0; i < p->ndeclarations; i++)
		entry_add(&x->declarations, p->declarations[i].func, (uint32_t)i);
	for (i = 0; i < p->nslots; i++) {
		uint32_t f = find_function(l, p->slots[i].func, p->slots[i].loc.file);

		if (f == NONE || !p->slots[i].record)
			continue;
		entry_add(&x->tables, pair(p->slots[i].record, p->functions[f].key),
			  p->slots[i].object);
		*vec_add(l->stored, l->nstored, l->stored_cap) = (struct stored){
			p->slots[i].record,
			p->slots[i].field,
			f,
			p->slots[i].object,
		};
	}
}

/* What a call that names no function may reach. */
static const uint32_t *targets_of_value(struct link *l, uint32_t f, const struct call *c, size_t *n)
{
	*n = 0;
	if (c->kind == CALLEE_SLOT) {
		entry(&l->index->called, pair(c->record, c->name), true);
		if (rule_is_entry(slot_rule(l, c->record, c->name)))
			return NULL;
	}
	return values_of_call(l, f, c, n);
}

static void resolve_calls(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct func_info *info = &l->info[f];
	size_t cap = 0, total = 0, i, n;
	uint32_t *targets = NULL, c, target;
	const uint32_t *set;

	info->first_target = arena_alloc(l->arena, (fn->ncalls + 1) * sizeof(uint32_t));
	for (c = 0; c < fn->ncalls; c++) {
		const struct call *call = &fn->calls[c];

		info->first_target[c] = (uint32_t)total;
		if (call->kind == CALLEE_DIRECT) {
			target = find_function(l, call->name, fn->loc.file);
			if (target != NONE)
				*vec_add(targets, total, cap) = clone_target(l, f, c, target);
			continue;
		}
		set = targets_of_value(l, f, call, &n);
		if (!n && !(call->kind == CALLEE_SLOT && slot_rule(l, call->record, call->name)))
			l->p->stats.calls_unresolved++;
		for (i = 0; i < n; i++)
			*vec_add(targets, total, cap) = set[i];
	}
	info->first_target[fn->ncalls] = (uint32_t)total;
	info->ntargets_total = (uint32_t)total;
	info->targets = arena_copy(l->arena, targets, total * sizeof(uint32_t));
	free(targets);
}

static void collect_callers(struct link *l)
{
	size_t n = l->p->nfunctions, f;
	uint32_t t;

	for (f = 0; f < n; f++)
		for (t = 0; t < l->info[f].ntargets_total; t++)
			l->info[l->info[f].targets[t]].ncallers++;
	for (f = 0; f < n; f++) {
		l->info[f].callers = arena_alloc(l->arena, l->info[f].ncallers * sizeof(uint32_t));
		l->info[f].ncallers = 0;
	}
	for (f = 0; f < n; f++)
		for (t = 0; t < l->info[f].ntargets_total; t++) {
			struct func_info *i = &l->info[l->info[f].targets[t]];

			if (!i->ncallers || i->callers[i->ncallers - 1] != f)
				i->callers[i->ncallers++] = (uint32_t)f;
		}
}

const struct path *call_overwrites(const struct link *l, const struct call *c)
{
	int arg = model_arg(l, c, linuxmodel_writer_arg);

	return arg >= 0 && find_record(l, c->args[arg]->type) ? c->args[arg] : NULL;
}

static bool function_writes(const struct link *l, const struct function *f)
{
	uint32_t b, e, c;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->blocks[b].nevents; e++) {
			const struct event *ev = &f->blocks[b].events[e];

			if (ev->kind == EV_ACCESS && ev->access != ACCESS_READ &&
			    find_record(l, ev->obj->type))
				return true;
		}
	for (c = 0; c < f->ncalls; c++)
		if (call_overwrites(l, &f->calls[c]))
			return true;
	return false;
}

void mark_relevant(struct link *l, uint32_t f)
{
	uint32_t *work = NULL;
	size_t n = 0, cap = 0;

	*vec_add(work, n, cap) = f;
	while (n) {
		struct func_info *info = &l->info[work[--n]];
		uint32_t c;

		if (info->relevant)
			continue;
		info->relevant = true;
		for (c = 0; c < info->ncallers; c++)
			*vec_add(work, n, cap) = info->callers[c];
	}
	free(work);
}

/* Only what can reach a write is explored: most of a kernel writes no bitfield. */
static void mark_writers(struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++)
		l->info[f].relevant = false;
	for (f = 0; f < l->p->nfunctions; f++)
		if (function_writes(l, &l->p->functions[f]))
			mark_relevant(l, f);
}

/* Depth-first postorder, callees first, without recursion. */
static void order_bottom_up(struct link *l)
{
	size_t n = l->p->nfunctions, out = 0, depth = 0, f;
	uint32_t *stack = xmalloc((n + 1) * sizeof(*stack));
	uint32_t *next = xcalloc(n, sizeof(*next));
	bool *seen = xcalloc(n, sizeof(*seen));

	l->bottom_up = arena_alloc(l->arena, n * sizeof(uint32_t));
	for (f = 0; f < n; f++) {
		if (seen[f])
			continue;
		seen[f] = true;
		stack[depth++] = (uint32_t)f;
		while (depth) {
			uint32_t top = stack[depth - 1];
			struct func_info *i = &l->info[top];

			if (next[top] == i->ntargets_total) {
				l->bottom_up[out++] = top;
				depth--;
			} else if (!seen[i->targets[next[top]++]]) {
				uint32_t t = i->targets[next[top] - 1];

				seen[t] = true;
				stack[depth++] = t;
			}
		}
	}
	free(stack);
	free(next);
	free(seen);
}

/*
 * A member that a fresh object is stored into belongs to the object it is in,
 * and shares its lifecycle: priv->ring after priv->ring = kzalloc().
 */
static void note_owned(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			struct path src;

			if (ev->kind != EV_STORE || !ev->field || !ev->obj->type)
				continue;
			src = resolve_path(l, f, ev->src);
			if (fresh_bit(l, f, &src) >= 0)
				entry(&l->index->owned, pair(ev->obj->type, ev->field), true);
		}
}

static void connect(struct link *l)
{
	size_t f;

	l->p->stats.calls_unresolved = 0;
	for (f = 0; f < l->p->nfunctions; f++) {
		l->info[f] = (struct func_info){ .cloned = l->info[f].cloned,
						 .assumed = l->info[f].assumed };
		resolve_calls(l, (uint32_t)f);
	}
	collect_callers(l);
	mark_writers(l);
}

void callgraph_build(struct link *l)
{
	struct program *p = l->p;
	size_t f;

	l->info = arena_alloc(l->arena, p->nfunctions * sizeof(*l->info));
	index_names(l);
	for (f = 0; f < p->nfunctions; f++)
		resolve_created(l, (uint32_t)f);
	registered_collect(l);
	values_follow(l);
	values_stored(l);
	connect(l);
	order_bottom_up(l);
	for (f = 0; f < p->nfunctions; f++)
		summarise_changes(l, l->bottom_up[f]);
	if (clone_known(l)) {
		connect(l);
		order_bottom_up(l);
	}
	for (f = 0; f < p->nfunctions; f++)
		summarise_values(l, l->bottom_up[f]);
	for (f = 0; f < p->nfunctions; f++)
		note_owned(l, (uint32_t)f);
	once_begin(l);
}
