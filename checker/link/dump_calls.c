// SPDX-License-Identifier: GPL-2.0-only
/* dump_calls.c - prints names, slots and the call graph. */
#include "dump_calls.h"
#include "base/names.h"
#include "callgraph.h"
#include "facts/dump.h"
#include "funcptr.h"
#include "kernel/linuxmodel.h"
#include "registrations.h"
#include "relevance.h"
#include "rules.h"
#include "slots.h"
#include "symtab.h"

/* --- symtab */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Prints lines sorted; frees them and their array. */
static void put_sorted(const struct dump *d, char **lines, size_t n)
{
	size_t i;

	if (n)
		qsort(lines, n, sizeof(*lines), by_text);
	for (i = 0; i < n; i++) {
		fputs(lines[i], d->f);
		free(lines[i]);
	}
	free(lines);
}

void dump_symtab(const struct dump *d)
{
	const struct program *p = d->l->p;
	char **lines = NULL;
	size_t n = 0, cap = 0, i;

	for (i = 0; i < p->nfunctions; i++) {
		const struct function *f = &p->functions[d->functions[i]];

		fprintf(d->f, "function %s at ", str_get(f->key));
		dump_loc(d, &f->loc);
		fputc('\n', d->f);
	}
	for (i = 0; i < p->nrecords; i++)
		if (symtab_record(d->l, p->records[i].key) == &p->records[i])
			*vec_add(lines, n, cap) = xasprintf("record %s, %u units\n",
							    str_get(p->records[i].key),
							    p->records[i].nunits);
	for (i = 0; i < p->ndeclarations; i++)
		if (symtab_declaration(d->l, p->declarations[i].func) == &p->declarations[i])
			*vec_add(lines, n, cap) = xasprintf("prototype %s, %u annotations\n",
							    str_get(p->declarations[i].func),
							    p->declarations[i].nannotations);
	put_sorted(d, lines, n);
}

/* --- outparams */

void dump_outparams(const struct dump *d)
{
	uint32_t i, v, k;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		const struct function *fn = &d->l->p->functions[d->functions[i]];

		for (v = 0; v < fn->nlocals; v++)
			for (k = 0; k < fn->locals[v].ndefs; k++) {
				const struct path *def = &fn->locals[v].defs[k];

				if (def->root != ROOT_CALL ||
				    call_argument(d->l, &fn->calls[def->index], MODEL_CREATES) < 0)
					continue;
				dump_function(d, d->functions[i]);
				fprintf(d->f, ": %s is the object of ",
					str_get(fn->locals[v].name));
				dump_call(d, d->functions[i], def->index);
				fputc('\n', d->f);
			}
	}
}

/* --- registrations, slots */

static void put_rule(const struct dump *d, const struct entry_rule *r)
{
	uint32_t i;

	fprintf(d->f, "%s", phase_name(r->phase));
	if (r->by_callers)
		fputs(", as its callers", d->f);
	else
		fprintf(d->f, ", %s", str_get(r->context));
	if (r->owner >= 0)
		fprintf(d->f, ", owner arg%d", r->owner);
	for (i = 0; i < r->nheld; i++)
		fprintf(d->f, ", holds %s%s", r->held[i].self ? "itself" : str_get(r->held[i].name),
			r->held[i].maybe ? " maybe" : "");
}

static void put_registration(void *ctx, str object, const struct entry_rule *rule)
{
	const struct dump *d = ctx;

	fprintf(d->f, "object %s, slot %s: ", str_get(object), str_get(rule->fn_member));
	put_rule(d, rule);
	fputc('\n', d->f);
}

void dump_registrations(const struct dump *d)
{
	registrations_each(d->l, put_registration, (void *)d);
}

void dump_slots(const struct dump *d)
{
	const struct entry_rule *rule;
	size_t i;

	for (i = 0; i < d->l->slots->nstored; i++) {
		const struct stored *s = &d->l->slots->stored[i];

		fprintf(d->f, "slot %s.%s = ", str_get(str_unqualified(s->record)),
			str_get(s->field));
		dump_function(d, s->function);
		if (s->object)
			fprintf(d->f, " in %s", str_get(s->object));
		if (slot_is_called(d->l, s->record, s->field))
			fputs(", called", d->f);
		rule = registrations_rule(d->l, s);
		if (rule) {
			fputs("; ", d->f);
			put_rule(d, rule);
		}
		fputc('\n', d->f);
	}
}

/* --- funcptr */

struct slot_lines {
	const struct program *p;
	char **v;
	size_t n, cap;
};

static void add_slot(void *ctx, str record, str field, uint32_t function)
{
	struct slot_lines *lines = ctx;

	*vec_add(lines->v, lines->n, lines->cap) =
		xasprintf("slot %s.%s may hold %s\n", str_get(str_unqualified(record)),
			  str_get(field), str_get(lines->p->functions[function].key));
}

void dump_funcptr(const struct dump *d)
{
	struct slot_lines lines = { .p = d->l->p };
	const uint32_t *targets;
	uint32_t i, c, f;
	size_t n;

	funcptr_each_slot(d->l, add_slot, &lines);
	put_sorted(d, lines.v, lines.n);
	for (i = 0; i < d->l->p->nfunctions; i++) {
		f = d->functions[i];
		for (c = 0; c < d->l->p->functions[f].ncalls; c++) {
			if (d->l->p->functions[f].calls[c].kind == CALLEE_DIRECT)
				continue;
			targets = funcptr_of_call(d->l, f, &d->l->p->functions[f].calls[c], &n);
			dump_function(d, f);
			fputs(": ", d->f);
			dump_call(d, f, c);
			dump_functions(d, targets, n);
		}
	}
}

/* --- callgraph, relevance */

void dump_callgraph(const struct dump *d)
{
	const uint32_t *targets;
	uint32_t i, f, c, n;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		f = d->functions[i];
		fputs("function ", d->f);
		dump_function(d, f);
		fputc('\n', d->f);
		for (c = 0; c < d->l->p->functions[f].ncalls; c++) {
			targets = call_targets(d->l, f, c, &n);
			fputs("  ", d->f);
			dump_call(d, f, c);
			dump_functions(d, targets, n);
		}
		fputs("  callers", d->f);
		dump_functions(d, d->l->callgraph[f].callers, d->l->callgraph[f].ncallers);
	}
}

void dump_relevance(const struct dump *d)
{
	uint32_t i;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		fputs(d->l->relevant[d->functions[i]] ? "relevant " : "not relevant ", d->f);
		dump_function(d, d->functions[i]);
		fputc('\n', d->f);
	}
}
