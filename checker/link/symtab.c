// SPDX-License-Identifier: GPL-2.0-only
/* symtab.c - look up functions, records and declarations by name. */
#include "symtab.h"
#include "broken.h"
#include "keymap.h"

struct symtab {
	struct keymap functions;    /* by key; the key of an external function is its name */
	struct keymap records;	    /* by key */
	struct keymap declarations; /* by name */
};

void symtab_build(struct link *l)
{
	const struct program *p = l->p;
	struct symtab *t = l->symtab = xcalloc(1, sizeof(*t));
	size_t i;

	for (i = 0; i < p->nfunctions; i++)
		keymap_add(&t->functions, p->functions[i].key, (uint32_t)i);
	for (i = 0; i < p->nrecords; i++)
		keymap_add(&t->records, p->records[i].key, (uint32_t)i);
	for (i = 0; i < p->ndeclarations; i++)
		keymap_add(&t->declarations, p->declarations[i].func, (uint32_t)i);
}

void symtab_free(struct link *l)
{
	keymap_free(&l->symtab->functions);
	keymap_free(&l->symtab->records);
	keymap_free(&l->symtab->declarations);
	free(l->symtab);
	l->symtab = NULL;
}

uint32_t symtab_function(const struct link *l, str name, str from)
{
	uint32_t f = keymap_first(&l->symtab->functions, name);

	if (f == NONE && from && !strchr(str_get(name), '@'))
		f = keymap_first(&l->symtab->functions,
				 str_printf("%s@%s", str_get(name), str_get(from)));
	return f;
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
