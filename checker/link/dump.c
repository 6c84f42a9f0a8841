// SPDX-License-Identifier: GPL-2.0-only
/* dump.c - the passes that can be dumped. */
#include "dump.h"
#include "dump_calls.h"
#include "dump_contexts.h"
#include "dump_summaries.h"
#include "dump_verdicts.h"
#include "symtab.h"

const struct dump_pass dump_passes[] = {
	{ "symtab", "symtab", "functions, records and annotated prototypes by name", dump_symtab },
	{ "outparams", "outparams", "variables that a call gives a new object", dump_outparams },
	{ "registrations", "registrations", "global objects that are registered, and by which rule",
	  dump_registrations },
	{ "funcptr", "funcptr", "the functions that slots may hold and indirect calls may reach",
	  dump_funcptr },
	{ "slots", "slots", "functions stored in slots, and the rule for each", dump_slots },
	{ "callgraph", "callgraph", "what each call may reach, and the callers of each function",
	  dump_callgraph },
	{ "relevance", "relevance", "functions that reach a write of a bitfield", dump_relevance },
	{ "modref", "modref", "members that each function may change, before there are copies",
	  dump_modref },
	{ "specialise", "specialise",
	  "copies of functions, what they assume, and the calls that go to them", dump_specialise },
	{ "escape", "escape", "what functions return, allocate, and publish", dump_escape },
	{ "ownership", "ownership", "pointer members that own their object", dump_ownership },
	{ "oneshot", "oneshot", "callbacks that free their object, and where they are stored",
	  dump_oneshot },
	{ "lockset", "lockset",
	  "locks, effects on the caller's locks, and locksets at calls and writes", dump_lockset },
	{ "context-demand", "context-demand", "what each function asks of its contexts",
	  dump_demand },
	{ "contexts", "contexts",
	  "the contexts of each function: phases, locks, the call it is entered by",
	  dump_contexts },
	{ "writes", "writes", "the writes to each unit: phase, context, locks, chain",
	  dump_writes },
	{ "conflicts", "verdict", "pairs of fields that conflict, with the two writes that show it",
	  dump_conflicts },
	{ "verdict", "verdict", "verdict, guards, claims and splits of each unit", dump_verdicts },
	{ NULL, NULL, NULL, NULL },
};

const struct dump_pass *dump_pass_find(const char *name)
{
	const struct dump_pass *p;

	for (p = dump_passes; p->name; p++)
		if (!strcmp(p->name, name))
			return p;
	return NULL;
}

static int by_key(const void *a, const void *b, void *p)
{
	return symtab_compare(p, *(const uint32_t *)a, *(const uint32_t *)b);
}

void dump_after(FILE *f, const struct link *l, const struct dump_pass *pass)
{
	struct dump d = { .f = f, .l = l };
	uint32_t n = (uint32_t)l->p->nfunctions, i;

	d.functions = xcalloc(n, sizeof(*d.functions));
	d.copies = xcalloc(n, sizeof(*d.copies));
	for (i = 0; i < n; i++)
		d.functions[i] = i;
	if (n)
		qsort_r(d.functions, n, sizeof(*d.functions), by_key, l->p);
	for (i = 1; i < n; i++)
		if (l->p->functions[d.functions[i]].key == l->p->functions[d.functions[i - 1]].key)
			d.copies[d.functions[i]] = d.copies[d.functions[i - 1]] + 1;
	pass->print(&d);
	free(d.functions);
	free(d.copies);
}
