// SPDX-License-Identifier: GPL-2.0-only
/* json_writes.c - the writes of the JSON report, and the tables of what they have in common. */
#include "base/names.h"
#include "json_writes.h"

/* --- the tables */

void json_tables_init(struct json_tables *t)
{
	*t = (struct json_tables){ .locksets.like = &same_locks };
}

void json_tables_free(struct json_tables *t)
{
	write_table_free(&t->locksets);
	chain_tree_free(&t->chains);
	free(t->numbers);
	free(t->names);
}

static uint32_t name_number(struct json_tables *t, str name)
{
	if (!t->numbers[name]) {
		*vec_add(t->names, t->n, t->cap) = name;
		t->numbers[name] = (uint32_t)t->n;
	}
	return t->numbers[name] - 1;
}

void emit_lockset(struct emitter *e, const char *key, const struct write *w)
{
	uint32_t i;

	emit_array_line(e, key);
	for (i = 0; i < w->nheld; i++) {
		emit_object(e, NULL);
		emit_text(e, "lock", str_get(w->held[i].name));
		emit_text(e, "mode", mode_name(w->held[i].mode));
		emit_end(e);
	}
	emit_end(e);
}

static void emit_chain(struct emitter *e, struct json_tables *t, struct chain_node node)
{
	emit_array_line(e, NULL);
	if (node.caller == NONE)
		emit_null(e, NULL);
	else
		emit_number(e, NULL, node.caller);
	emit_number(e, NULL, name_number(t, node.name));
	emit_end(e);
}

void emit_tables(struct emitter *e, struct json_tables *t)
{
	size_t i;

	t->numbers = xcalloc(str_count(), sizeof(*t->numbers));
	emit_array(e, "locksets");
	for (i = 0; i < t->locksets.n; i++)
		emit_lockset(e, NULL, t->locksets.rows[i]);
	emit_end(e);
	emit_array(e, "chains");
	for (i = 0; i < t->chains.n; i++)
		emit_chain(e, t, t->chains.v[i]);
	emit_end(e);
	emit_array(e, "names");
	for (i = 0; i < t->n; i++)
		emit_text(e, NULL, str_get(t->names[i]));
	emit_end(e);
}

/* --- the writes of a unit */

static int place_cmp(const void *x, const void *y, void *ctx)
{
	const struct write_place *places = ctx, *a = &places[*(const uint32_t *)x],
				 *b = &places[*(const uint32_t *)y];

	if (a->store != b->store)
		return a->store < b->store ? -1 : 1;
	if (a->way != b->way)
		return a->way < b->way ? -1 : 1;
	if (a->lockset != b->lockset)
		return a->lockset < b->lockset ? -1 : 1;
	return a->chain < b->chain ? -1 : a->chain > b->chain;
}

/* The ways were numbered through the unit; this numbers them within each store. */
static void number_ways(struct numbered_writes *n, uint32_t nwrites)
{
	uint32_t i, store = NONE, way = NONE, number = 0;

	for (i = 0; i < nwrites; i++) {
		struct write_place *at = &n->places[n->sorted[i]];

		if (at->store != store)
			number = 0;
		else if (at->way != way)
			number++;
		store = at->store;
		way = at->way;
		at->way = number;
	}
}

void unit_writes_number(struct numbered_writes *n, struct json_tables *t,
			const struct unit_verdict *u)
{
	struct write_table stores = { .like = &same_store }, ways = { .like = &same_way };
	uint32_t i;

	n->places = xcalloc(u->nwrites, sizeof(*n->places));
	n->sorted = xcalloc(u->nwrites, sizeof(*n->sorted));
	for (i = 0; i < u->nwrites; i++) {
		const struct write *w = &u->writes[i];

		n->places[i] = (struct write_place){ .store = write_table_add(&stores, w),
						     .way = write_table_add(&ways, w),
						     .lockset = write_table_add(&t->locksets, w),
						     .chain = chain_tree_add(&t->chains, w) };
		n->sorted[i] = i;
	}
	if (u->nwrites)
		qsort_r(n->sorted, u->nwrites, sizeof(*n->sorted), place_cmp, n->places);
	number_ways(n, u->nwrites);
	write_table_free(&stores);
	write_table_free(&ways);
}

void unit_writes_free(struct numbered_writes *n)
{
	free(n->places);
	free(n->sorted);
}

/* Begins the store; its ways follow. */
static void emit_store(struct emitter *e, const struct program *p, const struct write *w)
{
	emit_object(e, NULL);
	emit_text(e, "file", str_get(w->loc.file));
	emit_number(e, "line", w->loc.line);
	emit_text(e, "function", str_get(p->functions[w->function].name));
	emit_text_or_null(e, "value", str_get(w->value));
	emit_bool(e, "whole", w->whole);
	emit_array(e, "ways");
}

static void emit_store_end(struct emitter *e)
{
	emit_end(e);
	emit_end(e);
}

static bool same_place(const struct write_place *a, const struct write_place *b, bool lockset)
{
	return a->store == b->store && a->way == b->way && (!lockset || a->lockset == b->lockset);
}

/*
 * Writes the lockset of the write at `i` of n->sorted and the chains of all that differ in nothing else.
 * Returns the index behind them.
 */
static uint32_t emit_reached(struct emitter *e, const struct numbered_writes *n,
			     const struct unit_verdict *u, uint32_t i)
{
	const struct write_place *first = &n->places[n->sorted[i]];
	uint32_t chain = NONE;

	emit_array(e, NULL);
	emit_number(e, NULL, first->lockset);
	for (; i < u->nwrites && same_place(first, &n->places[n->sorted[i]], true); i++) {
		if (n->places[n->sorted[i]].chain != chain)
			emit_number(e, NULL, n->places[n->sorted[i]].chain);
		chain = n->places[n->sorted[i]].chain;
	}
	emit_end(e);
	return i;
}

/* Writes the way at `i` of n->sorted; returns the index of the next. */
static uint32_t emit_way(struct emitter *e, const struct numbered_writes *n,
			 const struct unit_verdict *u, uint32_t i)
{
	const struct write *w = &u->writes[n->sorted[i]];
	const struct write_place *first = &n->places[n->sorted[i]];

	emit_object_line(e, NULL);
	emit_text(e, "phase", phase_name(w->phase));
	emit_text(e, "context", str_get(w->context));
	emit_array(e, "reached");
	while (i < u->nwrites && same_place(first, &n->places[n->sorted[i]], false))
		i = emit_reached(e, n, u, i);
	emit_end(e);
	emit_end(e);
	return i;
}

void emit_writes(struct emitter *e, const struct numbered_writes *n, const struct program *p,
		 const struct unit_verdict *u)
{
	uint32_t i = 0, store = NONE;

	emit_array(e, "writes");
	while (i < u->nwrites) {
		const struct write_place *at = &n->places[n->sorted[i]];

		if (at->store != store) {
			if (store != NONE)
				emit_store_end(e);
			emit_store(e, p, &u->writes[n->sorted[i]]);
			store = at->store;
		}
		i = emit_way(e, n, u, i);
	}
	if (store != NONE)
		emit_store_end(e);
	emit_end(e);
}

static int number_cmp(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return a < b ? -1 : a > b;
}

void emit_field_writes(struct emitter *e, const struct numbered_writes *n,
		       const struct unit_field *uf)
{
	uint32_t *stores = xcalloc(uf->nwrites, sizeof(*stores)), i;

	for (i = 0; i < uf->nwrites; i++)
		stores[i] = n->places[uf->writes[i]].store;
	if (uf->nwrites)
		qsort(stores, uf->nwrites, sizeof(*stores), number_cmp);
	emit_array_line(e, "writes");
	for (i = 0; i < uf->nwrites; i++)
		if (!i || stores[i] != stores[i - 1])
			emit_number(e, NULL, stores[i]);
	emit_end(e);
	free(stores);
}
