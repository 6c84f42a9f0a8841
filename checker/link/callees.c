// SPDX-License-Identifier: GPL-2.0-only
/*
 * callees.c - which functions a call may be of, by its name or by the pointer.
 *
 * An indirect call through a slot reaches the functions that may be stored in it.  If the model
 * makes the functions of a slot entry points, calls through it reach nothing: the callers that
 * are seen (the VFS, the driver core ...) say less about the context than the model does.
 */
#include "callees.h"
#include "funcptr.h"
#include "rules.h"
#include "symtab.h"

const uint32_t *callees(const struct link *l, uint32_t f, const struct call *c, uint32_t *one,
			size_t *n)
{
	*n = 0;
	if (c->kind != CALLEE_DIRECT)
		return rule_is_entry(rule_of_call(l, c)) ? NULL : funcptr_of_call(l, f, c, n);
	*one = symtab_function(l, c->name, l->p->functions[f].loc.file);
	if (*one == NONE)
		return symtab_variants(l, c->name, n);
	*n = 1;
	return one;
}
