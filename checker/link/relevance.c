// SPDX-License-Identifier: GPL-2.0-only
/* relevance.c - which functions can reach a write of a storage unit. */
#include "relevance.h"
#include "broken.h"
#include "callgraph.h"
#include "rules.h"
#include "symtab.h"

static bool function_writes(const struct link *l, const struct function *f)
{
	uint32_t b, e, c, at;

	for (b = 0; b < f->nblocks; b++)
		for (e = 0; e < f->blocks[b].nevents; e++) {
			const struct event *ev = &f->blocks[b].events[e];

			if (ev->kind == EV_ACCESS && ev->access != ACCESS_READ &&
			    symtab_record(l, ev->obj->type))
				return true;
		}
	for (c = 0; c < f->ncalls; c++) {
		at = 0;
		if (call_overwrites(l, f, c) || call_overwrites_part(l, f, c, &at))
			return true;
	}
	return false;
}

void relevance_add(struct link *l, uint32_t f)
{
	callgraph_mark(l, f, l->relevant);
}

void relevance_mark(struct link *l)
{
	uint32_t f;

	l->relevant = arena_alloc(l->arena, l->p->nfunctions * sizeof(*l->relevant));
	for (f = 0; f < l->p->nfunctions; f++)
		if (function_writes(l, &l->p->functions[f]))
			relevance_add(l, f);
}

/* All callers of a relevant function are relevant. */
void relevance_check(const struct link *l)
{
	uint32_t f, c;

	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; l->relevant[f] && c < l->callgraph[f].ncallers; c++)
			if (!l->relevant[l->callgraph[f].callers[c]])
				broken(l, "relevance", l->callgraph[f].callers[c],
				       "it calls %s, and is not relevant",
				       str_get(l->p->functions[f].key));
}
