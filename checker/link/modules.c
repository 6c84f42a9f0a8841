// SPDX-License-Identifier: GPL-2.0-only
/* modules.c - drivers that have nothing to do with each other. */
#include "modules.h"
#include "callgraph.h"
#include "keymap.h"
#include "slots.h"
#include "symtab.h"

struct modules {
	str *of;		/* by function: its module */
	struct keymap provided; /* module, key of a record */
	struct keymap calls;	/* module, module: a direct call */
	struct keymap
		lead; /* record, function: the modules that lead to it by direct calls, up to one without the record */
	struct keymap with; /* function: modules with a table that has it; 0: it is elsewhere, too */
	struct keymap slots_of; /* function: the records with slots that it is stored in */
	struct keymap tables;	/* module, record: the module has a table of that type */
};

static str module_of_file(str file)
{
	const char *path = str_get(file), *slash = strrchr(path, '/');

	return str_intern_n(path, slash ? (size_t)(slash - path) : 0);
}

/* --- what they provide, and whom they call */

/* A record that the module defines has this one as a member, at some depth. */
static void provide(struct link *l, str module, const struct record *r, int depth)
{
	const struct record *inner;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		if (!r->fields[i].record || r->fields[i].flags & FIELD_POINTER)
			continue;
		keymap_mark(&l->modules->provided, keymap_pair(module, r->fields[i].record));
		inner = symtab_record(l, r->fields[i].record);
		if (inner && inner != r && depth < EMBEDDED_MAX)
			provide(l, module, inner, depth + 1);
	}
}

static void note_call(void *ctx, uint32_t f, uint32_t callee)
{
	struct modules *m = ctx;

	if (m->of[f] != m->of[callee])
		keymap_mark(&m->calls, keymap_pair(m->of[f], m->of[callee]));
}

static void note_stored(struct link *l, const struct stored *s)
{
	str module = s->object ? module_of_file(s->file) : 0;

	keymap_add(&l->modules->with, s->function, module);
	keymap_add(&l->modules->slots_of, s->function, s->record);
	if (module)
		keymap_mark(&l->modules->tables, keymap_pair(module, s->record));
}

void modules_find(struct link *l)
{
	size_t i;

	l->modules = xcalloc(1, sizeof(*l->modules));
	l->modules->of = xmalloc((l->p->nfunctions + 1) * sizeof(str));
	for (i = 0; i < l->p->nfunctions; i++)
		l->modules->of[i] = module_of_file(l->p->functions[i].loc.file);
	for (i = 0; i < l->p->nrecords; i++)
		provide(l, module_of_file(l->p->records[i].loc.file), &l->p->records[i], 0);
	callgraph_each_direct(l, note_call, l->modules);
	for (i = 0; i < l->slots->nstored; i++)
		note_stored(l, &l->slots->stored[i]);
}

void modules_free(struct link *l)
{
	free(l->modules->of);
	keymap_free(&l->modules->provided);
	keymap_free(&l->modules->calls);
	keymap_free(&l->modules->with);
	keymap_free(&l->modules->slots_of);
	keymap_free(&l->modules->tables);
	free(l->modules);
	l->modules = NULL;
}

void modules_remember(struct link *l)
{
	struct modules *own = arena_copy(l->arena, l->modules, sizeof(*own));

	own->lead = (struct keymap){ 0 };
	l->modules = own;
}

void modules_forget(struct link *l)
{
	keymap_free(&l->modules->lead);
}

/* --- which modules lead to a function */

static bool provides(const struct link *l, str module, str record)
{
	return keymap_has(&l->modules->provided, keymap_pair(module, record));
}

struct leading {
	const struct link *l;
	str record;
	uint64_t key; /* in modules.lead */
	bool *seen;
	bool by_others; /* a module leads there that does not provide the record */
};

static bool enter_directly(void *ctx, uint32_t f, uint32_t callee)
{
	struct leading *c = ctx;
	str module = c->l->modules->of[f];

	if (c->by_others || c->seen[f] ||
	    (callee != NONE && !callgraph_has_direct(c->l, f, callee)))
		return false;
	c->seen[f] = true;
	c->by_others = !provides(c->l, module, c->record);
	keymap_add(&c->l->modules->lead, c->key, module);
	return !c->by_others;
}

/* Notes which modules lead to f, up to the first that does not provide the record. */
static void lead_to(const struct link *l, str record, uint32_t f)
{
	struct leading c = { .l = l, .record = record, .key = keymap_pair(record, f) };

	if (keymap_has(&l->modules->lead, c.key))
		return;
	c.seen = xcalloc(l->p->nfunctions, sizeof(*c.seen));
	callgraph_climb(l, f, enter_directly, &c);
	free(c.seen);
}

static bool are_apart(const struct link *l, str a, str b)
{
	return a != b && !keymap_has(&l->modules->calls, keymap_pair(a, b)) &&
	       !keymap_has(&l->modules->calls, keymap_pair(b, a));
}

bool modules_are_apart(const struct link *l, str record, uint32_t f, uint32_t g)
{
	const uint32_t *a, *b;
	size_t na, nb, i, k;

	/* (a list is valid until keys are added) */
	lead_to(l, record, f);
	lead_to(l, record, g);
	a = keymap_list(&l->modules->lead, keymap_pair(record, f), &na);
	b = keymap_list(&l->modules->lead, keymap_pair(record, g), &nb);
	for (i = 0; i < na; i++)
		for (k = 0; k < nb; k++)
			if (!provides(l, a[i], record) || !provides(l, b[k], record) ||
			    !are_apart(l, a[i], b[k]))
				return false;
	return na && nb;
}

static bool is_below(str module, str above)
{
	size_t n = strlen(str_get(above));

	return !strncmp(str_get(module), str_get(above), n) && str_get(module)[n] == '/';
}

str module_of(const struct link *l, uint32_t f)
{
	return l->modules->of[f];
}

bool modules_are_near(const struct link *l, uint32_t f, uint32_t g)
{
	str a = l->modules->of[f], b = l->modules->of[g];

	return a == b || is_below(a, b) || is_below(b, a);
}

/* Does the module have a table with slots of a record in which the function is stored? */
static bool has_such_table(const struct link *l, str module, uint32_t f)
{
	size_t n, i;
	const uint32_t *records = keymap_list(&l->modules->slots_of, f, &n);

	for (i = 0; records && i < n; i++)
		if (keymap_has(&l->modules->tables, keymap_pair(module, records[i])))
			return true;
	return false;
}

bool tables_are_of_others(const struct link *l, uint32_t f, uint32_t user)
{
	str module = l->modules->of[user];
	size_t n, i;
	const uint32_t *others = keymap_list(&l->modules->with, f, &n);

	if (!others || !has_such_table(l, module, f))
		return false;
	for (i = 0; i < n; i++)
		if (!others[i] || !are_apart(l, others[i], module))
			return false;
	return true;
}
