// SPDX-License-Identifier: GPL-2.0-only
/* outparams.c - new objects that a function returns through a pointer argument. */
#include "outparams.h"
#include "kernel/linuxmodel.h"
#include "rules.h"

/* The number of arguments of calls that are the address of local `v`. */
static uint32_t count_addresses(const struct function *fn, uint32_t v)
{
	uint32_t c, i, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		for (i = 0; i < fn->calls[c].nargs && !fn->calls[c].is_cleanup; i++)
			n += fn->calls[c].args[i]->root == ROOT_STACK &&
			     fn->calls[c].args[i]->index == v;
	return n;
}

static void resolve_outparams_of(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, i;

	for (c = 0; c < fn->ncalls; c++) {
		int arg = call_argument(l, &fn->calls[c], MODEL_CREATES);
		const struct path *p = arg < 0 ? NULL : fn->calls[c].args[arg];
		struct local *v;

		if (!p || p->root != ROOT_STACK || p->nsteps || count_addresses(fn, p->index) != 1)
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
		resolve_outparams_of(l, f);
}
