// SPDX-License-Identifier: GPL-2.0-only
/* slots.c - which functions may be in which slot, and which slots are called. */
#include "slots.h"
#include "broken.h"
#include "funcptr.h"
#include "symtab.h"

static void add_stored(struct link *l, const struct stored *s)
{
	*vec_add(l->slots->stored, l->slots->nstored, l->slots->stored_cap) = *s;
}

static void collect_initialisers(struct link *l)
{
	const struct program *p = l->p;
	size_t i;

	for (i = 0; i < p->nslots; i++) {
		const struct slot_store *s = &p->slots[i];
		uint32_t f = symtab_function(l, s->func, s->loc.file);

		if (f == NONE || !s->record)
			continue;
		keymap_add(&l->slots->tables, keymap_pair(s->record, p->functions[f].key),
			   s->object);
		add_stored(l, &(struct stored){ s->record, s->field, f, s->object, s->loc.file });
	}
}

static void collect_called(struct link *l)
{
	const struct program *p = l->p;
	uint32_t c;
	size_t f;

	for (f = 0; f < p->nfunctions; f++)
		for (c = 0; c < p->functions[f].ncalls; c++) {
			const struct call *call = &p->functions[f].calls[c];

			if (call->kind == CALLEE_SLOT)
				keymap_mark(&l->slots->called,
					    keymap_pair(call->record, call->name));
		}
}

static int stored_before(const void *a, const void *b)
{
	const struct stored *x = a, *y = b;

	if (x->record != y->record)
		return strcmp(str_get(x->record), str_get(y->record));
	if (x->field != y->field)
		return strcmp(str_get(x->field), str_get(y->field));
	return x->function < y->function ? -1 : x->function > y->function;
}

static int stored_by_key(const void *a, const void *b, void *p)
{
	const struct stored *x = a, *y = b;
	int c = strcmp(str_get(x->record), str_get(y->record));

	if (!c)
		c = strcmp(str_get(x->field), str_get(y->field));
	return c ? c : symtab_compare(p, x->function, y->function);
}

/* The argument of collect_store(). */
struct collector {
	struct link *l;
	struct stored *initialised; /* sorted by stored_before() */
	size_t n;
};

static void collect_store(void *ctx, str record, str field, uint32_t function)
{
	const struct collector *c = ctx;
	const struct stored s = { record, field, function, 0, 0 };

	if (!c->n || !bsearch(&s, c->initialised, c->n, sizeof(s), stored_before))
		add_stored(c->l, &s);
}

static void collect_stores(struct link *l)
{
	size_t known = l->slots->nstored;
	struct collector c = { l, xmalloc((known + 1) * sizeof(*c.initialised)), known };

	if (known) {
		memcpy(c.initialised, l->slots->stored, known * sizeof(*c.initialised));
		qsort(c.initialised, known, sizeof(*c.initialised), stored_before);
	}
	funcptr_each_slot(l, collect_store, &c);
	free(c.initialised);
	if (l->slots->nstored > known)
		qsort_r(l->slots->stored + known, l->slots->nstored - known,
			sizeof(*l->slots->stored), stored_by_key, l->p);
}

void slots_collect(struct link *l)
{
	l->slots = xcalloc(1, sizeof(*l->slots));
	collect_initialisers(l);
	collect_stores(l);
	collect_called(l);
}

void slots_free(struct link *l)
{
	keymap_free(&l->slots->called);
	keymap_free(&l->slots->tables);
	free(l->slots->stored);
	free(l->slots);
	l->slots = NULL;
}

bool slot_is_called(const struct link *l, str record, str field)
{
	return keymap_has(&l->slots->called, keymap_pair(record, field));
}

bool may_share_table(const struct link *l, const struct via *a, const struct via *b)
{
	size_t nx, ny, i, k;
	const uint32_t *x =
		keymap_list(&l->slots->tables, keymap_pair(a->record, a->function), &nx);
	const uint32_t *y =
		keymap_list(&l->slots->tables, keymap_pair(b->record, b->function), &ny);

	if (!x || !y)
		return true;
	for (i = 0; i < nx; i++)
		for (k = 0; k < ny; k++)
			if (!x[i] || !y[k] || x[i] == y[k])
				return true;
	return false;
}

void slots_check(const struct link *l)
{
	size_t i;

	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];

		if (!s->record || s->function >= l->p->nfunctions)
			broken(l, "slots", NONE, "slot %s.%s has function %u of %zu",
			       str_get(s->record), str_get(s->field), s->function,
			       l->p->nfunctions);
	}
}
