// SPDX-License-Identifier: GPL-2.0-only
/*
 * outparams.c - objects that a function hands out through the address of a variable.
 */
#include "outparams.h"
#include "kernel/linuxmodel.h"
#include "rules.h"

/* To how many calls of f is the address of its variable v handed? */
static uint32_t calls_with_address(const struct function *fn, uint32_t v)
{
	uint32_t c, i, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		for (i = 0; i < fn->calls[c].nargs; i++)
			n += fn->calls[c].args[i]->root == ROOT_STACK &&
			     fn->calls[c].args[i]->index == v;
	return n;
}

static void resolve_in(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, i;

	for (c = 0; c < fn->ncalls; c++) {
		int arg = call_argument(l, &fn->calls[c], MODEL_CREATES);
		const struct path *p = arg < 0 ? NULL : fn->calls[c].args[arg];
		struct local *v;

		if (!p || p->root != ROOT_STACK || p->nsteps ||
		    calls_with_address(fn, p->index) != 1)
			continue;
		v = &fn->locals[p->index];
		for (i = 0; i < v->ndefs; i++)
			if (v->defs[i].root == ROOT_UNKNOWN)
				v->defs[i] = (struct path){ .root = ROOT_CALL,
							    .index = c,
							    .type = v->defs[i].type };
	}
}

void outparams_resolve(struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++)
		resolve_in(l, f);
}
