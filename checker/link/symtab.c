// SPDX-License-Identifier: GPL-2.0-only
/* symtab.c - look up functions, records and declarations by name. */
#include "symtab.h"
#include "keymap.h"

struct symtab {
	struct keymap functions;    /* by key, which is the name of an external one */
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
