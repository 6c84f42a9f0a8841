// SPDX-License-Identifier: GPL-2.0-only
/* symtab.c - look up functions, records and declarations by name. */
#include "symtab.h"
#include "broken.h"
#include "keymap.h"

struct symtab {
	struct keymap functions;    /* by key; the key of an external function is its name */
	struct keymap statics;	    /* by the two parts of a key "name@file" */
	struct keymap records;	    /* by key */
	struct keymap declarations; /* by name */
	/* By the key that they had in common: functions by key, and layouts of a record. */
	struct keymap variants, layouts;
};

static int by_key(const void *a, const void *b, void *p)
{
	return symtab_compare(p, *(const uint32_t *)a, *(const uint32_t *)b);
}

static void add_variants(struct program *p, struct symtab *t)
{
	uint32_t *all = xmalloc((p->nfunctions + 1) * sizeof(*all));
	size_t i, n = 0;

	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].variant_of)
			all[n++] = (uint32_t)i;
	if (n)
		qsort_r(all, n, sizeof(*all), by_key, p);
	for (i = 0; i < n; i++)
		keymap_add(&t->variants, p->functions[all[i]].variant_of, all[i]);
	free(all);
}

/* Records are sorted by location, then by key. */
static void add_layouts(const struct program *p, struct symtab *t)
{
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (p->records[i].variant_of)
			keymap_add(&t->layouts, p->records[i].variant_of, (uint32_t)i);
}

/* Adds the function by the parts of its key, if that has two. */
static void add_static(struct symtab *t, str key, uint32_t f)
{
	const char *at = strchr(str_get(key), '@');

	if (at)
		keymap_add(&t->statics, keymap_pair(str_unqualified(key), str_intern(at + 1)), f);
}

void symtab_build(struct link *l)
{
	struct program *p = l->p;
	struct symtab *t = l->symtab = xcalloc(1, sizeof(*t));
	size_t i;

	for (i = 0; i < p->nfunctions; i++) {
		keymap_add(&t->functions, p->functions[i].key, (uint32_t)i);
		add_static(t, p->functions[i].key, (uint32_t)i);
	}
	add_variants(p, t);
	add_layouts(p, t);
	for (i = 0; i < p->nrecords; i++)
		keymap_add(&t->records, p->records[i].key, (uint32_t)i);
	for (i = 0; i < p->ndeclarations; i++)
		keymap_add(&t->declarations, p->declarations[i].func, (uint32_t)i);
}

void symtab_free(struct link *l)
{
	keymap_free(&l->symtab->functions);
	keymap_free(&l->symtab->statics);
	keymap_free(&l->symtab->records);
	keymap_free(&l->symtab->declarations);
	keymap_free(&l->symtab->variants);
	keymap_free(&l->symtab->layouts);
	free(l->symtab);
	l->symtab = NULL;
}

uint32_t symtab_function(const struct link *l, str name, str from)
{
	uint32_t f = keymap_first(&l->symtab->functions, name);

	return f == NONE && from ? keymap_first(&l->symtab->statics, keymap_pair(name, from)) : f;
}

const uint32_t *symtab_variants(const struct link *l, str name, size_t *n)
{
	return keymap_list(&l->symtab->variants, name, n);
}

uint32_t symtab_function_value(const struct link *l, uint32_t f, const struct path *p)
{
	if (p->root != ROOT_FUNC || p->nsteps)
		return NONE;
	return symtab_function(l, p->name, l->p->functions[f].loc.file);
}

struct record *symtab_record(const struct link *l, str key)
{
	uint32_t r = keymap_first(&l->symtab->records, key);

	return r == NONE ? NULL : &l->p->records[r];
}

const struct field *symtab_member(const struct link *l, str key, str name)
{
	const struct record *r = key ? symtab_record(l, key) : NULL;
	uint32_t i;

	for (i = 0; r && i < r->nfields; i++)
		if (r->fields[i].name == name)
			return &r->fields[i];
	return NULL;
}

const struct record *symtab_layouts(const struct link *l, str variant_of, uint32_t n)
{
	size_t nall;
	const uint32_t *all = keymap_list(&l->symtab->layouts, variant_of, &nall);

	return n < nall ? &l->p->records[all[n]] : NULL;
}

/* Is this layout of a record that has several one of those that f may mean? */
static bool may_mean(const struct link *l, uint32_t f, const struct record *layout)
{
	const struct function *fn = &l->p->functions[f];
	bool known = false;
	uint32_t i;

	for (i = 0; i < fn->nlayouts; i++) {
		if (fn->layouts[i] == layout->key)
			return true;
		known |= symtab_record(l, fn->layouts[i])->variant_of == layout->variant_of;
	}
	return !known;
}

const struct record *symtab_layout(const struct link *l, uint32_t f, str key, uint32_t n)
{
	const struct record *r = symtab_record(l, key);
	uint32_t i;

	if (!r || !r->variant_of)
		return n ? NULL : r;
	for (i = 0; (r = symtab_layouts(l, symtab_record(l, key)->variant_of, i)); i++)
		if (may_mean(l, f, r) && !n--)
			return r;
	return NULL;
}

const struct declaration *symtab_declaration(const struct link *l, str name)
{
	uint32_t d = keymap_first(&l->symtab->declarations, name);

	return d == NONE ? NULL : &l->p->declarations[d];
}

int symtab_compare(const struct program *p, uint32_t x, uint32_t y)
{
	int c = strcmp(str_get(p->functions[x].key), str_get(p->functions[y].key));

	return c ? c : x < y ? -1 : x > y;
}

/* A key names one function and one record: the store drops all but one definition. */
void symtab_check(const struct link *l)
{
	uint32_t f;
	size_t r;

	for (f = 0; f < l->p->nfunctions; f++)
		if (symtab_function(l, l->p->functions[f].key, 0) != f)
			broken(l, "symtab", f, "its key finds another function");
	for (r = 0; r < l->p->nrecords; r++)
		if (symtab_record(l, l->p->records[r].key) != &l->p->records[r])
			broken(l, "symtab", NONE, "record %s: its key finds another record",
			       str_get(l->p->records[r].key));
}
