// SPDX-License-Identifier: GPL-2.0-only
/* fn.c - starts and drops a function under construction. */
#include "fn.h"

void fn_init(struct fn *f, struct front *fr, CXCursor decl)
{
	memset(f, 0, sizeof(*f));
	f->fr = fr;
	f->decl = decl;
	f->vars_end = &f->vars;
	f->bbs_end = &f->bbs;
}

void fn_drop(struct fn *f)
{
	struct var *v;

	for (v = f->vars; v; v = v->next)
		free(v->defs);
	HASH_CLEAR(hh, f->var_memos);
	free(f->stores);
	free(f->global_stores);
	free(f->locals);
	free(f->calls);
	free(f->returns);
	free(f->branches_on);
	free(f->tested);
	free(f->assigned);
	free(f->parts);
	arena_free(&f->arena);
}
